"""Accounts of the portal, and wrong passwords for them."""

from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base
from lkc.world.models import WrongPasswords


class Account(Base):
    """An account of the portal: an address in lower case, and the customer number whose token it may see.

    `shows_token` is 0 where the portal does not know the token, as is so for some customers (documented: Q16).
    """

    __tablename__ = "myiss_account"

    email: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    icn: Mapped[str] = mapped_column(index=True)
    shows_token: Mapped[int]


class FailedSignIns(WrongPasswords):
    """Wrong passwords for accounts of the portal."""

    __tablename__ = "myiss_failed_sign_in"
