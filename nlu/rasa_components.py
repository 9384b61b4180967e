"""Our classifier as a component of Rasa's pipeline; runs in Rasa's environment, on Python 3.10."""

# Rasa isn't installed beside us, and its signatures are fixed.
# mypy: disable-error-code="import-not-found,misc"
# ruff: noqa: ARG003

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu import train
from nlu.classifier import Classifier
from nlu.examples import Example


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """The default engine's classifier, trained by Rasa from Rasa's examples; ranks every intent."""

    def __init__(self, storage: ModelStorage, resource: Resource, classifier: Classifier | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._classifier = classifier

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Return an untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Return the component that `train` saved."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Classifier.open(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Train, calibrated on a held-out fifth, and save."""
        found = [
            Example(text=message.get(TEXT), intent=message.get(INTENT))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT)
        ]
        _, trial = train.measure(found)
        self._classifier = train.fit(found, temperature=trial.temperature, start=trial)
        with self._storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent` and `intent_ranking`."""
        for message in messages:
            shares = self._classifier.probabilities(message.get(TEXT) or "") if self._classifier else {}
            ranking = [
                {"name": name, "confidence": round(share, 6)}
                for name, share in sorted(shares.items(), key=lambda item: -item[1])
            ]
            message.set("intent_ranking", ranking, add_to_output=True)
            if ranking:
                message.set(INTENT, ranking[0], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples as they came: no component after this one reads our ranking of them."""
        return training_data
