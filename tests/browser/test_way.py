"""The way of a registered end user, from the order to a product that runs, by the pages alone (documented: Q8)."""

from __future__ import annotations

from pathlib import Path

from lkc.keycenter.files.verification import verify
from lkc.world.keys import public_keys
from tests.browser.people import fill, follow, press, read, sign_in
from tests.browser.visit import Visit

CLAIRE, PASSWORD = "claire.vasseur@puy-noir.example", "fromage de chevre"


def books_an_order(visit: Visit) -> str:
    """The vendor's staff take the customer in, book an order, and submit it; gives its number."""
    visit.open("/ordering/customers/new")
    sign_in(visit, "producer", "producer")
    fill(visit, **{"Customer number (ICN)": "0391827", "Name": "Puy Noir Fromagerie SARL", "Country": "FR"})
    press(visit, "Create the customer")
    visit.open("/ordering/orders/new")
    fill(visit, **{"Purchase order": "PNF-14-032", "Contact's name": "Claire Vasseur"})
    visit.page.get_by_label("Customer number (ICN)").fill("0391827")
    visit.page.get_by_label("Contact's e-mail address").fill(CLAIRE)
    visit.page.get_by_label("Registered end users").fill(f"Claire Vasseur <{CLAIRE}>")
    line = visit.page.get_by_role("group", name="Line 1")
    line.get_by_label("Part").select_option("D0X50LL")
    line.get_by_label("Quantity").fill("2")
    line.get_by_label("Expiration date (S&S)", exact=True).fill("31-MAR-2015")
    press(visit, "Book the order")
    press(visit, "Submit")
    return visit.page.url.rpartition("/")[2]


def sets_a_password(visit: Visit) -> None:
    """By the mail that announced the order, the Password Finder, and its mail."""
    visit.open("/mail/")
    follow(visit, CLAIRE)
    visit.page.get_by_role("link", name="License keys").click()
    with visit.page.expect_navigation(url="**/lkc/**"):
        visit.page.frame_locator("iframe").get_by_role("link", name="License Key Center").click()
    follow(visit, "Password Finder")
    fill(visit, **{"E-mail address": CLAIRE})
    press(visit, "Send the mail")
    visit.open(f"/mail/inbox?of={CLAIRE}")
    follow(visit, "FlexNet Suite On-Demand Manager Password Finder")
    with visit.page.expect_navigation(url="**/lkc/password/*"):
        visit.page.frame_locator("iframe").get_by_role("link").first.click()
    assert visit.page.get_by_label("E-mail address").input_value() == CLAIRE
    fill(visit, **{"New password": PASSWORD, "New password, once more": PASSWORD})
    press(visit, "Set password")


def saves_the_license(visit: Visit, number: str, folder: Path) -> Path:
    """Order Summary, Licenses for this Order, Generate, Save."""
    sign_in(visit, CLAIRE, PASSWORD)
    follow(visit, number)
    follow(visit, "Licenses for this Order")
    visit.page.get_by_role("radio").check()
    press(visit, "Generate")
    assert "The license file is ready" in read(visit)
    with visit.page.expect_download() as download:
        follow(visit, "Save")
    kept = folder / download.value.suggested_filename
    download.value.save_as(kept)
    return kept


def installs(visit: Visit, file: Path) -> None:
    """A product, on which the file is applied and read."""
    visit.open("/products/")
    follow(visit, "Install a product")
    visit.page.get_by_label("Product", exact=True).select_option("Network IPS")
    fill(visit, Name="ips-paris")
    press(visit, "Install")
    press(visit, "Apply XPU")
    assert "No license is there" in read(visit)
    visit.page.get_by_label("License file", exact=True).set_input_files(file)
    press(visit, "Apply")
    assert "not read yet" in read(visit)
    press(visit, "Restart")


def test_from_the_order_to_a_product_that_runs(visit: Visit, tmp_path: Path) -> None:
    """Nothing is called but pages; the file that was saved verifies, and the license view shows what it grants."""
    number = books_an_order(visit)
    sets_a_password(visit)
    with visit.expecting("net::ERR_ABORTED"):
        file = saves_the_license(visit, number, tmp_path)
    installs(visit, file)

    told = read(visit)
    assert "2015-03-31" in told
    assert "running" in told
    press(visit, "Apply XPU")
    assert "applied to 1 of 1" in read(visit)
    keys = public_keys(visit.page.context.request.get(f"{visit.base}/lkc/api/v1/keys").json())
    verified = verify(file.read_bytes(), keys)
    assert (verified.quantity, file.name) == (2, f"iss_{verified.key_id}_key.isslicense")
