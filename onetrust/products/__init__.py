"""What stands at the customer's site: installed products, which know others only by license files and retrievals."""
