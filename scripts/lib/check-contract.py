"""Validates each golden record against its published JSON Schema, and the AsyncAPI document with its references."""

import json
import pathlib
import re
import sys
import warnings

from jsonschema import Draft202012Validator, FormatChecker

with warnings.catch_warnings():
    # The models name a field "schema", as the specification does; their base class complains.
    warnings.simplefilter("ignore", UserWarning)
    from asyncapi3 import AsyncAPI3

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GOLDEN = ROOT / "Tests" / "EventsTests" / "Golden"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def golden_faults():
    """Each golden record must be valid under its schema, and under no other one: a schema that takes everything would prove nothing."""
    validators = {}
    for path in sorted(DOCS.glob("schemas/*/*.schema.json")):
        schema = load(path)
        Draft202012Validator.check_schema(schema)
        validators[path] = Draft202012Validator(schema, format_checker=FormatChecker())
    records = sorted(GOLDEN.glob("*/*.json"))
    if not records or not validators:
        yield "there are no golden records or no schemas"
    for path in records:
        type_and_version = re.match(r".+\.v[0-9]+(?=\.)", path.name).group()
        own = DOCS / "schemas" / path.parent.name / f"{type_and_version}.schema.json"
        record = load(path)
        for schema, validator in validators.items():
            errors = [f"{error.json_path}: {error.validator}" for error in validator.iter_errors(record)]
            if schema == own and errors:
                yield f"{path.relative_to(ROOT)}: {'; '.join(errors)}"
            if schema != own and schema.parent == own.parent and not errors:
                yield f"{path.relative_to(ROOT)} is also valid under {schema.relative_to(ROOT)}"


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def asyncapi_faults():
    document = load(DOCS / "asyncapi.json")
    try:
        AsyncAPI3.model_validate(document)
    except ValueError as error:
        yield f"asyncapi.json is no AsyncAPI document: {error}"
    for reference in references(document):
        if not reference.startswith("#/"):
            if not (DOCS / reference).is_file():
                yield f"asyncapi.json: no file {reference}"
            continue
        node = document
        for part in reference[2:].split("/"):
            node = node.get(part) if isinstance(node, dict) else None
        if node is None:
            yield f"asyncapi.json: nothing at {reference}"


faults = [*golden_faults(), *asyncapi_faults()]
print("\n".join(faults) if faults else "golden records, schemas and asyncapi.json agree")
sys.exit(1 if faults else 0)
