"""Forms as departments hand them in: an invented water bureau of 2023."""

from __future__ import annotations

from pathlib import Path


def _art(name: str) -> str:
    return (Path(__file__).parent / "art" / f"{name}.txt").read_text(encoding="utf-8")


PROJECT = _art("project")
SPLIT = _art("split")
DEPARTMENT = _art("department")
MONITORING = _art("monitoring")
GOALS = _art("goals")
ACCOUNTS = _art("accounts")
SPENDING = _art("spending")
INCOME = _art("income")
ALLOCATED = _art("allocated")
PUBLIC_BUDGET = _art("public_budget")
TRIPS = _art("trips")
AGENCY = _art("agency")
PURCHASES = _art("purchases")
ASSETS = _art("assets")
CARDS = _art("cards")
BALANCES = _art("balances")
STAFF = _art("staff")
PROJECTS = _art("projects")
