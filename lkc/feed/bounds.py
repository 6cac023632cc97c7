"""How large an order and what stands in it may be, wherever it is written down; the forms are our own choice."""

MAX_LINES = 500
MAX_END_USERS = 200
MAX_LINE_NUMBER = 1_000_000
MAX_QUANTITY = 10_000_000
MAX_SUBMISSION = 1_000_000_000

LONGEST_ICN = 12
# A regular expression for the whole text, and what to say of a text that has another form.
ICN_FORM = (rf"[0-9]{{4,{LONGEST_ICN}}}", f"must be 4 to {LONGEST_ICN} digits")
LONGEST_ORDER_NUMBER = 40
# What can stand in a path, so that every order can be asked for.
ORDER_NUMBER_FORM = (
    rf"[0-9A-Za-z][0-9A-Za-z._-]{{0,{LONGEST_ORDER_NUMBER - 1}}}",
    f"must be 1 to {LONGEST_ORDER_NUMBER} letters, digits, '.', '_' and '-', beginning with a letter or a digit",
)
LONGEST_PURCHASE_ORDER = 80
LONGEST_PART_NUMBER = 40
LONGEST_SERIAL_NUMBER = 60
LONGEST_DATE = 40
