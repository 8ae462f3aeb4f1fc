/** A file of 500 people with 7 bad rows; rows 10, 50, 100, 150, 250, 350 and 500 of a spreadsheet. `staff` stands in row 500. */
export function fileWithSevenBadRows(staff: string): string {
  const rows = Array.from(
    { length: 500 },
    (_, i) => `p${i + 2}@csv.example.org,Person ${i + 2},${i % 2 ? "north" : "south"},de,note ${i + 2}`,
  );
  const bad: [row: number, line: string][] = [
    [10, "person.example.org,No At,north,de,"],
    [50, ",Empty,north,de,"],
    [100, "P5@CSV.example.org,Again,north,de,"],
    [150, "a150@csv.example.org,Locale,north,deutsch,"],
    [250, `a250@csv.example.org,${"x".repeat(81)},north,de,`],
    [350, "a350@csv.example.org,Comma, Unquoted,north,de,"],
    [500, `${staff},Staff,north,de,`],
  ];
  for (const [row, line] of bad) rows[row - 2] = line;
  return `email,name,group,locale,note\r\n${rows.join("\r\n")}\r\n`;
}
