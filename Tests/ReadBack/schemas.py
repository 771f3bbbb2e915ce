"""XML and JSON reports against their schemas; what `check` says for build servers, as others read it."""
import csv
import json
import pathlib
import subprocess

import jsonschema
import junitparser
import pydantic
import pydantic_sarif.model as sarif

import exports

SCHEMAS = pathlib.Path(__file__).parent.parent.parent / "Sources" / "Reports" / "Schema"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def check(executable, folder, reports):
    counts = {"xml": xml(reports), "json": check_json(reports), "csv": check_csv(reports)}
    print("schemas:  ", ", ".join(f"{count} {what}" for what, count in counts.items()), "are valid")
    for path in [*reports.rglob("*"), folder / "daemon.log"]:
        if path.is_file() and exports.PASSWORD.encode() in path.read_bytes():
            raise SystemExit(f"{path} shows a password")
        if reports in path.parents and not str(path.resolve()).startswith(str(reports.resolve())):
            raise SystemExit(f"{path} lies outside of the reports")
    for_servers(executable, folder)


def xml(reports):
    paths = sorted(reports.rglob("*.xml"))
    for start in range(0, len(paths), 100):
        subprocess.run(
            ["xmllint", "--huge", "--noout", "--schema", SCHEMAS / "reports.xsd", *paths[start:start + 100]],
            check=True, stderr=subprocess.PIPE, text=True)
    return len(paths)


def check_json(reports):
    schema = json.loads((SCHEMAS / "reports.schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    paths = [path for path in sorted(reports.rglob("*.json")) if path.name != "index.json"]
    for path in paths:
        validator.validate(json.loads(path.read_text()))
    for line in (reports / "events.jsonl").read_text().rstrip("\n").split("\n"):
        json.loads(line)
    return len(paths)


def check_csv(reports):
    """As a spreadsheet reads it: equal rows, and nothing that it would compute."""
    paths = sorted(reports.rglob("*.csv"))
    csv.field_size_limit(1 << 24)
    for path in paths:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file, strict=True))
        for row in rows:
            if len(row) != len(rows[0]):
                raise SystemExit(f"{path} has a row of {len(row)} cells")
            computed = [cell for cell in row if cell.startswith(FORMULA)]
            if computed:
                raise SystemExit(f"{path} has a cell that is computed: {computed[0][:80]!r}")
    return len(paths)


def for_servers(executable, folder):
    """SARIF by models that were generated from the standard's schema, JUnit by junitparser."""
    for part in ("samples", "made"):
        answers = {}
        for form in ("sarif", "junit", "json"):
            run = subprocess.run(
                [executable, "check", "--config", "bookwatch.yaml", "--fail-on", "never", "--format", form, part],
                cwd=folder, capture_output=True, check=True)
            answers[form] = run.stdout.decode()
        lines = [json.loads(line) for line in answers["json"].split("\n") if line]
        tree = json.loads(answers["sarif"])
        version = tree["version"]
        if version != "2.1.0":
            raise SystemExit(f"SARIF of version {version}")
        try:
            log = sarif.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(tree)
        except pydantic.ValidationError as error:
            raise SystemExit(f"SARIF is not valid by its schema: {error}") from error
        suites = junitparser.JUnitXml.fromstring(answers["junit"].encode())
        results = sum(len(run.results or []) for run in log.runs)
        cases = sum(1 for suite in suites for _ in suite)
        print(f"check {part}: {len(lines)} lines of JSON, {results} results in SARIF, {cases} cases in JUnit")
