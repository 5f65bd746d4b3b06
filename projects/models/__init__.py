"""The development project around the cooperation: phases, money, groups, surveys, what was learnt."""

from projects.models.context import ContextFigure
from projects.models.groups import AgendaItem, Group, GroupMeeting, Membership
from projects.models.learning import DiaryEntry, ImprovementAction, SelfEvaluation, SurveyResult, SurveyRound, Swot
from projects.models.project import BudgetLine, Funding, Project, ProjectCase, ProjectPhase

__all__ = [
    "AgendaItem",
    "BudgetLine",
    "ContextFigure",
    "DiaryEntry",
    "Funding",
    "Group",
    "GroupMeeting",
    "ImprovementAction",
    "Membership",
    "Project",
    "ProjectCase",
    "ProjectPhase",
    "SelfEvaluation",
    "SurveyResult",
    "SurveyRound",
    "Swot",
]
