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
    expect(file.people).toHaveLength(493);
    expect(file.problems).toEqual([
      { row: 11, column: "email", problem: "Not an e-mail address", value: "person.example.org" },
      { row: 51, column: "email", problem: "No address", value: "" },
      { row: 101, column: "email", problem: "The same address as in row 5", value: "P3@Example.org" },
      { row: 151, column: "email", problem: "Not an e-mail address", value: "a b@example.org" },
      { row: 251, column: "email", problem: "Not an e-mail address", value: "someone@" },
      { row: 351, column: "email", problem: "No address", value: "" },
      { row: 501, column: "email", problem: "The same address as in row 2", value: "p0@example.org" },
    ]);
    expect(file.ignoredColumns).toEqual([]);
    expect(file.people[0]).toEqual({
      row: 2,
      email: "p0@example.org",
      name: "Person 0",
      pool: "",
      locale: "",
      note: "",
    });
  });

  test.each([
    ["semicolons and a byte order mark", "\uFEFFEmail;note\na@example.org;x\nb@example.org;y\n"],
    ["tabs and Windows line ends", "email\tnote\r\na@example.org\tx\r\nb@example.org\ty\r\n"],
    ["quoted line breaks", 'note,email\n"one\ntwo, three",a@example.org\n,b@example.org'],
    ["a single column and empty lines", "email\na@example.org\n\nb@example.org\n\n"],
  ])("may have %s", (_, text) => {
    const { people, problems } = readInvitationFile(text);
    expect([people.map((p) => p.email), problems]).toEqual([["a@example.org", "b@example.org"], []]);
  });

  test.each([
    ["without a header", "a@example.org\nb@example.org", "one of them “email”"],
    ["without rows", "email,name\n\n", "no rows"],
    ["of nothing", "", "one of them “email”"],
    [
      "of too many",
      `email\n${Array.from({ length: 10_001 }, (_, i) => `p${i}@example.org`).join("\n")}`,
      "10000",
    ],
    [
      "with an open quotation mark",
      'email,name\na@example.org,"A\nb@example.org,B\n',
      "quotation mark in row 2",
    ],
    ["with two columns of addresses", "email,E-mail\na@example.org,b@example.org", "mean the same"],
  ])("%s is refused beside the field", (_, text, message) => {
    expect(() => readInvitationFile(text)).toThrow(
      expect.objectContaining({ fields: { file: expect.stringContaining(message) } }),
    );
  });

  test("names every wrong value of a row, and rows whose values do not fit the columns", () => {
    const { people, problems } = readInvitationFile(
      [
        "E-Mail;Name;Group;Language;Note;Shoe size",
        "a@example.org; Ada  L ;north;PT-br;a note;38",
        `bad;${"x".repeat(81)};;deutsch;;`,
        "c@example.org;C;;;;39;surplus",
      ].join("\n"),
    );
    expect(people).toEqual([
      { row: 2, email: "a@example.org", name: "Ada L", pool: "north", locale: "pt-BR", note: "a note" },
    ]);
    expect(problems.map((p) => [p.row, p.column])).toEqual([
      [3, "E-Mail"],
      [3, "Name"],
      [3, "Language"],
      [4, ""],
    ]);
  });
});
