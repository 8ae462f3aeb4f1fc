import { describe, expect, test } from "vitest";
import { readInvitationFile } from "../../../app/services/identity/read-invitation-file.ts";

describe("A CSV file of people to invite", () => {
  test("of 500 rows with 7 bad ones names each bad row and keeps the 493 others", () => {
    const rows = Array.from({ length: 500 }, (_, i) => `Person ${i},p${i}@example.org`);
    const bad = [
      [9, "No At,person.example.org"],
      [49, "Empty,"],
      [99, "Again,P3@Example.org"],
      [149, "Spaces,a b@example.org"],
      [249, "No host,someone@"],
      [349, "Short"],
      [499, "Last,p0@example.org"],
    ] as const;
    for (const [i, line] of bad) rows[i] = line;
    const file = readInvitationFile(`name,email\n${rows.join("\n")}\n`);
    expect(file.emails).toHaveLength(493);
    expect(file.bad).toEqual([
      { row: 11, problem: "Not an e-mail address", value: "person.example.org" },
      { row: 51, problem: "No address", value: "" },
      { row: 101, problem: "The same address as in row 5", value: "P3@Example.org" },
      { row: 151, problem: "Not an e-mail address", value: "a b@example.org" },
      { row: 251, problem: "Not an e-mail address", value: "someone@" },
      { row: 351, problem: "No address", value: "" },
      { row: 501, problem: "The same address as in row 2", value: "p0@example.org" },
    ]);
    expect(file.ignoredColumns).toEqual(["name"]);
  });

  test.each([
    ["semicolons and a byte order mark", "\uFEFFEmail;note\na@example.org;x\nb@example.org;y\n"],
    ["tabs and Windows line ends", "email\tnote\r\na@example.org\tx\r\nb@example.org\ty\r\n"],
    ["quoted line breaks", 'note,email\n"one\ntwo, three",a@example.org\n,b@example.org'],
    ["a single column and empty lines", "email\na@example.org\n\nb@example.org\n\n"],
  ])("may have %s", (_, text) => {
    expect(readInvitationFile(text)).toMatchObject({ emails: ["a@example.org", "b@example.org"], bad: [] });
  });

  test.each([
    ["without a header", "a@example.org\nb@example.org", "one of them “email”"],
    ["without rows", "email,name\n\n", "no rows"],
    ["of nothing", "", "one of them “email”"],
    ["of too many", `email\n${Array.from({ length: 501 }, (_, i) => `p${i}@example.org`).join("\n")}`, "501"],
  ])("%s is refused beside the field", (_, text, message) => {
    expect(() => readInvitationFile(text)).toThrow(
      expect.objectContaining({ fields: { file: expect.stringContaining(message) } }),
    );
  });
});
