import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { answerCount } from "../../domain/evaluation.ts";
import type { StudySettings } from "../../domain/study-settings.ts";

/** Says what a new study starts with, so that "the paper's study" is no black box. */
export function StartingPoint({ settings }: { settings: StudySettings }) {
  const images = settings.columnCount * settings.imagesPerColumn;
  return (
    <Card
      title="Starts from the paper's study"
      description="Every value below is a setting that you can change before you publish."
    >
      <DefinitionList
        columns={2}
        items={[
          { term: "Turns", value: `${settings.horizon} per trajectory` },
          {
            term: "Images per turn",
            value: `${images} (${settings.columnCount} columns of ${settings.imagesPerColumn})`,
          },
          {
            term: "Prompt candidates",
            value: `${settings.candidateCount} in ${settings.categoryCount} categories`,
          },
          {
            term: "Initial prompt and critique",
            value: `at most ${settings.initialPromptMaxWords} and ${settings.critiqueMaxWords} words`,
          },
          {
            term: "Evaluation",
            value: `${answerCount(settings.horizon, settings.columnCount)} answers per trajectory`,
          },
          { term: "Target", value: `${settings.targetTrajectories} completed trajectories` },
          { term: "Arms", value: settings.arms.map((arm) => arm.label).join("; ") },
          { term: "Images", value: "Sketch renderer: made on this machine, not AI" },
        ]}
      />
    </Card>
  );
}
