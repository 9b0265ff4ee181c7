from amends.surveys.models.rule import SurveyRule
from amends.surveys.models.simulated import SimulatedContact
from amends.surveys.models.survey import Dimension, Survey, SurveyAnswer

__all__ = ["Dimension", "SimulatedContact", "Survey", "SurveyAnswer", "SurveyRule"]
