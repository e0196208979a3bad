"""What holds for every report and every check, without naming one."""

import inspect
import math

import pyarrow as pa
import pytest

from audit import registry
from audit.errors import ParameterError
from audit.model import silent
from audit.registry import NoSettings
from audit.reports.roles import guess
from audit.runner import Policy, run
from audit.store import codec

HOSTILE = ['a"" ; DROP TABLE d; --', "{t} {0}", "{row}", "![x](http://x)", "<b>", "a\nb", " ", "é"]

TABLES = {
    "no rows": pa.table({"a": pa.array([], pa.int64()), "b": pa.array([], pa.string())}),
    "one row": pa.table({"a": [1], "b": ["x"]}),
    "all missing": pa.table({"a": pa.array([None] * 5, pa.int64()), "b": pa.nulls(5, pa.string())}),
    "hostile names": pa.table({name: [1, 2, 2] for name in HOSTILE}),
    "hostile values": pa.table({"v": HOSTILE, "w": HOSTILE[::-1]}),
    "not finite": pa.table({"x": [1.0, math.nan, math.inf, -math.inf, None]}),
    "only infinite": pa.table({"x": [math.inf, math.inf]}),
    "nested": pa.table({"l": [[1, 2], [], None], "s": [{"a": 1}, {"a": None}, None]}),
    "large numbers": pa.table({"i": [2**62, 2**62 + 1, -(2**62)], "d": [1e300, -1e300, 1e-300]}),
    "binary": pa.table({"b": [b"\x00\xff", b"", None]}),
}


@pytest.fixture(params=list(registry.reports()))
def spec(request):
    return registry.reports()[request.param]


@pytest.mark.parametrize("name", TABLES)
def test_every_report_measures_any_table_and_twice_the_same(version_of, spec, name):
    table = version_of(TABLES[name]).table
    roles = (guess(table),) if spec.takes_roles else ()
    parts = (registry.NoParts(),) if spec.takes_parts else ()
    first = spec.function(table, *roles, spec.options(), silent, *parts)
    second = spec.function(table, *roles, spec.options(), silent, *parts)
    measured = [m for m in first.measures() if m.unit != "days"]
    assert measured == [m for m in second.measures() if m.unit != "days"]
    assert codec.read(spec.result, codec.dump(first)) == first
    for measure in first.measures():
        assert measure.value is not None or measure.reason, measure
        assert measure.value is None or math.isfinite(measure.value), measure


@pytest.mark.parametrize("name", TABLES)
def test_every_check_judges_any_table_and_twice_the_same(version_of, name):
    version = version_of(TABLES[name])
    first, second = run(version), run(version)
    assert first.findings == second.findings
    assert set(first.checked) == set(registry.checks())
    for finding in first.findings:
        assert finding.title
        assert "\n" not in finding.title
        assert finding.why.endswith(".")


@pytest.mark.parametrize("known", [registry.reports, registry.checks, registry.sources])
def test_everything_registered_explains_itself(known):
    for spec in known().values():
        assert len(spec.doc) > 40, spec.id
        assert spec.id == spec.id.lower()
        assert " " not in spec.id


@pytest.mark.parametrize("known", [registry.checks, registry.reports, registry.sources])
def test_every_parameter_has_a_default_and_a_description(known):
    for spec in known().values():
        model = getattr(spec, "params", None) or spec.options
        for name, field in model.model_fields.items():
            assert not field.is_required(), f"{spec.id}.{name}"
            assert field.description, f"{spec.id}.{name}"


def test_a_check_is_named_like_its_module():
    for spec in registry.checks().values():
        module = inspect.getmodule(spec.function)
        assert module is not None
        assert module.__name__.rpartition(".")[2].replace("_", "-") == spec.id


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(ParameterError, match="missing-values"):
        registry.find("check", "missing-value", registry.checks())


def test_two_modules_cannot_share_an_id():
    id_ = next(iter(registry.checks()))

    def other(params: NoSettings) -> list[object]:
        """Pretend to be a check that exists already."""
        return []

    with pytest.raises(RuntimeError, match="registered twice"):
        registry.check(id_, title="x")(other)


def test_the_default_policy_names_only_what_exists():
    Policy().validate_names()
    with pytest.raises(ParameterError, match="missing-values"):
        Policy(off=("missing-value",)).validate_names()
