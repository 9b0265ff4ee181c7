"""One text in several languages: read in the reader's language, else in the best there is."""

import copy
import pickle

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import translation

from amends.framework.models import Product
from amends.kit.translated import TranslatedText, TranslatedTextField

KETTLE = TranslatedText({"en": "Kettle", "et": "Veekeetja", "tr": "Su ısıtıcısı"})


@pytest.mark.parametrize(
    ("texts", "wanted", "given", "language"),
    [
        ({"en": "a", "et": "b"}, "et", "b", "et"),
        ({"en": "a", "et": "b"}, "et-ee", "b", "et"),
        ({"en": "a", "et": "b"}, "tr", "a", "en"),
        ({"et": "b"}, "tr", "b", "et"),
        ({"et": "", "tr": "c"}, "et", "c", "tr"),
        ({"pt-br": "p", "pt": "q"}, "pt-br", "p", "pt-br"),
        ({}, "et", "", "et"),
    ],
)
def test_the_best_language_is_given(texts, wanted, given, language):
    text = TranslatedText(texts)
    assert (text.in_language(wanted), text.best_language(wanted)) == (given, language)


def test_it_reads_in_the_language_of_the_reader():
    with translation.override("et"):
        assert f"{KETTLE}" == "Veekeetja"
    with translation.override("tr"):
        assert str(KETTLE) == "Su ısıtıcısı"
    with translation.override(None):
        assert str(KETTLE) == "Kettle"


def test_it_is_a_value():
    same = TranslatedText({"tr": "Su ısıtıcısı", "et": "Veekeetja", "en": "Kettle", "fi": ""})
    assert same == KETTLE
    assert hash(same) == hash(KETTLE)
    assert list(same.as_dict()) == ["en", "et", "tr"]
    assert TranslatedText({"en": "Kettle"}) != KETTLE
    assert KETTLE != "Kettle"
    assert not TranslatedText({"en": ""})
    assert TranslatedText(KETTLE) == copy.deepcopy(KETTLE) == pickle.loads(pickle.dumps(KETTLE)) == KETTLE


def test_the_texts_it_was_made_of_do_not_change_it():
    texts = {"en": "a"}
    text = TranslatedText(texts)
    texts["en"] = "b"
    assert text["en"] == "a"


@pytest.mark.parametrize("value", [{"en": 1}, {"en": None, "et": ["x"]}, {1: "x"}])
def test_only_texts_are_taken(value):
    with pytest.raises((TypeError, ValidationError)):
        TranslatedTextField().to_python(value)


@pytest.mark.parametrize("value", ["Kettle", 1, ["x"]])
def test_a_column_takes_no_bare_text(value):
    with pytest.raises(ValidationError):
        TranslatedTextField().to_python(value)


@pytest.fixture
def products(db):
    Product.objects.create(code="kettle", label=KETTLE)
    Product.objects.create(code="iron", label={"en": "Iron", "et": "Triikraud"})
    Product.objects.create(code="nothing", label={})
    return Product.objects.order_by("code")


def test_a_column_gives_back_what_it_was_given(products):
    iron, kettle, nothing = products
    assert kettle.label == KETTLE
    assert iron.label == TranslatedText({"et": "Triikraud", "en": "Iron"})
    assert nothing.label == TranslatedText()
    assert Product().label == TranslatedText()


def test_a_row_knows_its_text_before_it_is_read_again(db):
    product = Product.objects.create(code="iron", label={"en": "Iron"})
    assert product.label.in_language("et") == "Iron"


def test_a_column_can_be_found_by_its_value_and_by_one_language(products):
    assert products.get(label=KETTLE).code == "kettle"
    assert products.get(label={"en": "Iron", "et": "Triikraud"}).code == "iron"
    assert products.get(label__et="Triikraud").code == "iron"
    assert products.filter(label__tr__isnull=False).count() == 1
    assert products.filter(label__has_key="et").count() == 2
    assert products.filter(label__en__icontains="KET").count() == 1


def test_one_language_can_be_read_alone(products):
    assert list(products.values_list("label__en", flat=True)) == ["Iron", "Kettle", None]
    assert products.annotate(name=F("label__et")).get(code="iron").name == "Triikraud"
    assert list(products.values_list("label", flat=True))[1] == KETTLE


def test_a_column_can_be_changed_in_bulk(products):
    products.update(label=KETTLE)
    assert {product.label for product in products} == {KETTLE}
    many = Product.objects.bulk_create([Product(code=f"p{n}", label=TranslatedText({"en": str(n)})) for n in range(3)])
    for product in many:
        product.label = TranslatedText({"en": "changed"})
    Product.objects.bulk_update(many, ["label"])
    assert products.filter(label__en="changed").count() == 3


def test_a_column_is_checked_and_carried_over(products):
    kettle = products.get(code="kettle")
    kettle.full_clean()
    (carried,) = serializers.deserialize("json", serializers.serialize("json", [kettle]))
    assert carried.object.label == KETTLE


def test_texts_with_every_sign_come_back(db):
    text = TranslatedText({"en": '"quote" \\ {brace} % \'', "et": "Õ 😀 \u2028", "tr": "ı İ"})
    Product.objects.create(code="odd", label=text)
    assert Product.objects.get(code="odd").label == text
