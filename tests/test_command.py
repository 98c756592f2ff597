"""The `planned-works` command as a person at a shell meets it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.paths import data_path
from layers.geopackage import read_geopackage
from webmap.cli import main

WUXI = str(data_path("documents", "wuxi2020.txt"))
COMMANDS = [
    "build",
    "serve",
    "publish",
    "extract",
    "export",
    "check",
    "evaluate",
    "review",
    "gazetteer",
    "register",
    "edits",
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def assert_one_sentence(result: Result, *words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    message = result.stderr.strip().splitlines()
    assert len(message) == 1, result.stderr
    assert message[0].startswith("Error: ")
    for word in words:
        assert word in message[0]


@pytest.fixture(scope="module")
def works_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "works.gpkg"
    result = run("build", "-o", path)
    assert result.exit_code == 0, result.output
    return path


def test_build_without_a_document_writes_the_built_in_plan(works_file: Path) -> None:
    documents = read_geopackage(works_file).documents
    assert list(documents["document_id"]) == ["wuxi2020"]
    assert list(documents["city"]) == ["无锡"]
    assert list(documents["year"]) == [2020]


def test_build_says_how_many_works_it_placed(tmp_path: Path) -> None:
    result = run("build", "-o", tmp_path / "works.gpkg")
    assert "works," in result.output
    assert "not located" in result.output


def test_build_in_another_coordinate_system_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    assert run("build", "-o", path, "--crs", "EPSG:4490").exit_code == 0
    frame = next(iter(read_geopackage(path).layers.values()))
    assert frame.crs.to_epsg() == 4490


def test_city_and_year_override_what_the_document_says(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    assert run("build", WUXI, "--city", "江阴", "--year", "2031", "-o", path).exit_code == 0
    document = read_geopackage(path).documents.iloc[0]
    assert (document["city"], document["year"]) == ("江阴", 2031)


def test_check_finds_nothing_wrong_with_what_build_wrote(works_file: Path) -> None:
    result = run("check", works_file)
    assert result.exit_code == 0, result.output
    assert "no violation" in result.output


def test_extract_prints_one_json_object_a_line_whose_offsets_slice_the_text() -> None:
    text = Path(WUXI).read_bytes().decode("utf-8")
    rows = [
        json.loads(line) for line in run("extract", WUXI, "--format", "jsonl").output.splitlines()
    ]
    assert len(rows) > 50
    for row in rows:
        sentence = text[row["start"] : row["end"]]
        assert all(place in sentence for place in row["places"])
        assert {"id", "name", "theme", "stage", "stage_words", "locatable"} <= row.keys()


def test_evaluate_prints_the_scores(gold_wuxi: Path) -> None:
    result = run("evaluate", WUXI, gold_wuxi, "--json")
    scores = json.loads(result.output)
    assert scores["recall"] > 0.5
    assert scores["gold_core"] == 75


@pytest.fixture
def gold_wuxi() -> Path:
    return Path(__file__).parent / "gold" / "wuxi2020.jsonl"


def test_every_command_shows_an_example_in_its_help() -> None:
    for command in COMMANDS:
        output = run(command, "--help").output
        assert f"Example: planned-works {command}" in output
    assert "Example: planned-works" in run("--help").output


def test_the_command_names_no_other_command_than_those_it_has() -> None:
    assert sorted(main.commands) == sorted(COMMANDS)


def test_wrong_usage_exits_with_status_2() -> None:
    assert run("extract").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_a_missing_document_is_one_sentence(tmp_path: Path) -> None:
    assert_one_sentence(run("build", tmp_path / "none.txt"), "none.txt")


def test_a_folder_in_place_of_a_document_is_one_sentence(tmp_path: Path) -> None:
    assert_one_sentence(run("extract", tmp_path))


def test_an_empty_document_is_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"  \n ")
    assert_one_sentence(run("extract", empty), "empty.txt")


def test_a_binary_document_is_one_sentence(tmp_path: Path) -> None:
    binary = tmp_path / "image.txt"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    assert_one_sentence(run("extract", binary), "image.txt")


def test_a_document_of_50_megabytes_is_one_sentence(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes("建成人民公园。".encode() * (50_000_000 // 21))
    assert_one_sentence(run("extract", large), "large.txt", "MB")


def test_a_wrongly_encoded_document_is_one_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes("建成人民公园".encode() + b"\xff\xfe\x00\x81\x00\xf8\xff" * 50)
    assert_one_sentence(run("extract", wrong), "wrong.txt")


def test_a_document_without_works_is_one_sentence_and_the_old_file_stays(
    tmp_path: Path, works_file: Path
) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text("今天天气很好。我们去散步吧。", encoding="utf-8")
    output = tmp_path / "works.gpkg"
    output.write_bytes(works_file.read_bytes())
    assert_one_sentence(
        run("build", prose, "-o", output, "--city", "无锡"), "prose.txt", "no works"
    )
    assert output.read_bytes() == works_file.read_bytes()


def test_a_plan_that_names_no_city_asks_for_one(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("建成人民公园和东方路隧道。新建社区公园5个。", encoding="utf-8")
    assert_one_sentence(run("build", plan, "-o", tmp_path / "works.gpkg"), "--city")


def test_an_unwritable_output_is_one_sentence(tmp_path: Path) -> None:
    assert_one_sentence(run("build", "-o", tmp_path / "no such folder" / "works.gpkg"))
    assert_one_sentence(run("build", "-o", tmp_path))


def test_an_unknown_coordinate_system_is_one_sentence(tmp_path: Path) -> None:
    assert_one_sentence(run("build", "-o", tmp_path / "works.gpkg", "--crs", "EPSG:0"), "EPSG:0")


def test_a_port_in_use_is_one_sentence(works_file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_sentence(run("serve", works_file, "--port", str(port)), str(port), "--port")


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_damaged_or_foreign_geopackage_is_one_sentence(
    command: str, tmp_path: Path, works_file: Path
) -> None:
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(works_file.read_bytes()[:20_000])
    foreign = tmp_path / "foreign.gpkg"
    foreign.write_text("no GeoPackage at all", encoding="utf-8")
    for path in (damaged, foreign, tmp_path / "missing.gpkg"):
        assert_one_sentence(run(command, path), path.name)


def test_two_documents_with_one_id_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "wuxi2020.txt"
    other.write_bytes(Path(WUXI).read_bytes())
    assert_one_sentence(run("build", WUXI, other, "-o", tmp_path / "works.gpkg"), "wuxi2020")


def test_an_unexpected_byte_never_gives_a_traceback(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_bytes(b"\x00" * 1000)
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-m", "webmap", "extract", str(hostile)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_any_chinese_city_gets_its_boundaries_without_a_file(tmp_path: Path) -> None:
    plan, output = tmp_path / "plan.txt", tmp_path / "works.gpkg"
    plan.write_text("新建社区公园5个。昆山市改造老旧小区20个。", encoding="utf-8")
    result = run("build", plan, "--city", "苏州", "-o", output)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    works = read_geopackage(output).works
    assert list(works["precision"]) == ["city", "area"]
    assert list(works["located_by"]) == [
        "city polygon: counted for 苏州市",
        "district polygon: 昆山市 named in the text",
    ]
    assert run("check", output).exit_code == 0


@pytest.mark.parametrize(("typed", "meant"), [("苏洲", "苏州"), ("朝阳区", "北京市朝阳区")])
def test_a_city_that_is_not_known_is_said_with_what_may_be_meant(
    tmp_path: Path, typed: str, meant: str
) -> None:
    plan, output = tmp_path / "plan.txt", tmp_path / "works.gpkg"
    plan.write_text("新建社区公园5个。", encoding="utf-8")
    result = run("build", plan, "--city", typed, "-o", output)
    assert result.exit_code == 0
    (note,) = result.stderr.splitlines()
    assert note.startswith("Note: ")
    assert meant in note
    assert list(read_geopackage(output).works["precision"]) == ["unlocated"]
