/** The arm of an imported study with this number, from 1 on: a bundle does not tell what made its slates. */
export function importedArm(number: number) {
  return {
    armKey: `imported-${number}`,
    label: `Imported arm ${number}`,
    weight: 1,
    agent: { generator: "imported", selector: null, t2iModel: "imported" },
  };
}
