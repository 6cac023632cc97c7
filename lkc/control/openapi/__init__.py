"""The OpenAPI documents, made from what is noted beside the routes when somebody first asks for them."""
