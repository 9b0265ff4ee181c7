"""The controlled lists: adding, renaming in each language, no longer offering."""

import pytest

from amends.framework.models import Category, Cause, Organisation, Product, RemedyKind
from amends.journal.models import Entry
from tests import builders
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

NAMES = {"label_en": "Noise", "label_et": "Müra", "label_tr": "Gürültü"}


@pytest.fixture
def admin(world, as_):
    return as_(world.clara)


@pytest.mark.parametrize(
    ("kind", "model"),
    [("categories", Category), ("products", Product), ("remedies", RemedyKind), ("causes", Cause)],
)
def test_each_list_is_shown_and_added_to(world, admin, kind, model):
    address = f"/settings/lists/{kind}/"
    first = model.objects.in_order().first()
    assert str(first) in text_of(admin.get(address))
    assert admin.post(address, NAMES).status_code == 302
    added = model.objects.get(code="noise")
    assert added.label.as_dict() == {"en": "Noise", "et": "Müra", "tr": "Gürültü"}
    assert added.position > first.position
    assert "Noise is added" in text_of(admin.get(address))


def test_a_problem_goes_into_its_group_and_a_product_to_its_unit(world, admin):
    admin.post("/settings/lists/categories/", {**NAMES, "parent": "delivery"})
    assert Category.objects.get(code="noise").parent.code == "delivery"
    admin.post("/settings/lists/products/", {**NAMES, "lead_unit": world.energy.pk, "parent": ""})
    assert Product.objects.get(code="noise").lead_unit == world.energy


def test_two_who_change_an_item_at_once_the_second_sees_both(world, admin):
    address = "/settings/lists/products/our-services/"
    assert 'name="seen" value="1"' in admin.get(address).content.decode()
    mine = {**NAMES, "lead_unit": world.water.pk, "is_active": "on", "seen": "1"}
    admin.post(address, {**mine, "label_en": "Hum", "lead_unit": world.energy.pk})
    late = admin.post(address, mine)
    assert late.status_code == 409
    assert "Name (English) Saved now Hum Yours, not saved Noise" in text_of(late)
    product = Product.objects.get(code="our-services")
    assert (product.label["en"], product.lead_unit, product.version) == ("Hum", world.energy, 2)
    assert admin.post(address, {**mine, "seen": "2"}).status_code == 302


def test_an_item_is_renamed_and_not_offered_any_more(world, admin, as_):
    complaint = builders.a_complaint(world)
    code = complaint.product.code
    address = f"/settings/lists/products/{code}/"
    response = admin.post(address, {**NAMES, "lead_unit": world.energy.pk})
    assert response["Location"] == "/settings/lists/products/"
    product = Product.objects.get(code=code)
    assert (product.label["et"], product.is_active, product.lead_unit) == ("Müra", False, world.energy)
    assert "Not offered any more" in text_of(admin.get("/settings/lists/products/"))
    complaint.refresh_from_db()
    assert complaint.product == product
    assert complaint.lead_unit == world.water
    assert "Noise" not in as_(world.liis).get("/staff/complaints/new/").content.decode()
    events = ["framework.item_changed", "framework.lead_unit_changed"]
    assert Entry.objects.filter(event__in=events).count() == 2


def test_a_product_that_keeps_its_unit_writes_no_entry_about_it(world, admin):
    address = "/settings/lists/products/our-services/"
    admin.post(address, {**NAMES, "lead_unit": world.water.pk, "is_active": "on"})
    assert not Entry.objects.filter(event="framework.lead_unit_changed").exists()
    admin.post(address, {**NAMES, "lead_unit": "", "is_active": "on"})
    assert Product.objects.get(code="our-services").lead_unit is None


def test_names_in_languages_not_offered_now_stay(world, admin):
    Organisation.objects.update(languages=["en"])
    address = "/settings/lists/remedies/apologise/"
    assert "label_et" not in admin.get(address).content.decode()
    admin.post(address, {"label_en": "Say sorry", "is_active": "on"})
    label = RemedyKind.objects.get(code="apologise").label
    assert label["en"] == "Say sorry"
    assert label["et"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"label_en": "", "label_et": " ", "label_tr": ""}, "Enter a name in at least one language"),
        ({"label_en": "x" * 121}, "Shorten this to 120 characters"),
        ({"label_en": "Process"}, "There is an item with this name already"),
    ],
)
def test_wrong_names_are_refused(world, admin, data, words):
    before = Cause.objects.count()
    response = admin.post("/settings/lists/causes/", data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert Cause.objects.count() == before


def test_an_item_never_loses_its_name(world, admin):
    response = admin.post("/settings/lists/causes/process/", {"label_en": "", "label_et": "", "label_tr": ""})
    assert response.status_code == 422
    assert Cause.objects.get(code="process").label


@pytest.mark.parametrize("address", ["/settings/lists/secrets/", "/settings/lists/causes/nothing/"])
def test_unknown_lists_and_items_are_not_found(world, admin, address):
    assert admin.get(address).status_code == 404
    assert admin.post(address, NAMES).status_code == 404


@pytest.mark.parametrize("who", ["tom", "dario", "dora"])
def test_who_looks_at_lists_without_changing_them(world, as_, who):
    client = as_(getattr(world, who))
    page = client.get("/settings/lists/causes/")
    assert page.status_code == 200
    assert "Add to this list" not in text_of(page)
    assert client.get("/settings/lists/causes/process/").status_code == 403
    assert client.post("/settings/lists/causes/", NAMES).status_code == 403
    assert not Cause.objects.filter(code="noise").exists()


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "frida", "zoe"])
def test_who_sees_no_lists(world, as_, who):
    assert as_(getattr(world, who)).get("/settings/lists/causes/").status_code == 403


@pytest.mark.parametrize("kind", ["categories", "products"])
def test_a_list_costs_the_same_however_long(world, admin, kind):
    address = f"/settings/lists/{kind}/"
    admin.post(address, {"label_en": "First", "lead_unit": world.water.pk if kind == "products" else ""})
    few = counted(admin, address)
    for number in range(20):
        admin.post(address, {"label_en": f"More {number}"})
    assert counted(admin, address) == few
