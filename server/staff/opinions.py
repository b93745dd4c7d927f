"""Owns the page of what workers would like: trainings they wish for, and what the survey heard."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, render_template

from server.domain.clock import market_day
from server.domain.phrases import FREE_TIME_NAMES
from server.services.surveys import SurveyResult, survey_result
from server.services.training import training_wishes
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("opinions", __name__, url_prefix="/opinions")

NO_NAME = "(凭身份证核对)"
# What stands in the table where a number would point at somebody.
TOO_FEW = "人少不公布"
# Spreadsheets take a file for UTF-8 only with this in front.
BYTE_ORDER_MARK = "\ufeff"


def heard() -> SurveyResult:
    """Return what the questionnaire has heard until now."""
    return survey_result(market(), market_day(market().database.now()))


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show the wishes by trade and one by one, and the survey's tallies."""
    return render_template(
        "staff/opinions.html",
        wishes=training_wishes(market()),
        survey=heard(),
        time_names=FREE_TIME_NAMES,
        no_name=NO_NAME,
        too_few=TOO_FEW,
    )


@blueprint.get("/survey.csv")
@needs_staff()
def survey_table() -> Response:
    """Return the tallies as a table, with no more in it than the page shows."""
    result = heard()
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["题号", "问题", "回答", "人数"])
    for number, tally in enumerate(result.tallies, 1):
        for words, count in tally.counts:
            shown = TOO_FEW if count is None else count
            rows.writerow([number, tally.question.text, words, shown])
    rows.writerow([])
    rows.writerow(["", "已收问卷", "", result.questionnaires])
    rows.writerow(["", "其中计入上表", "", result.told])
    name = f'attachment; filename="survey-{result.told_day or "none"}.csv"'
    return Response(
        BYTE_ORDER_MARK + table.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": name, "Cache-Control": "no-store"},
    )
