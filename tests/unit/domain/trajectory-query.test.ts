import { describe, expect, it } from "vitest";
import { isNarrowed, listPart, trajectoryQuery } from "../../../app/domain/trajectory-query.ts";

const read = (search: string) => trajectoryQuery(new URLSearchParams(search));

describe("the address of a list of trajectories", () => {
  it("without anything means all of them, the latest first", () => {
    expect(read("")).toEqual({ cursor: null, sort: "started", descending: true, filter: {} });
  });

  it("says what is wanted in days, minutes and ratings", () => {
    expect(
      read(
        "status=approved&source=human&arm=a&rater=r&version=2&flag=problem&text=+cat+&from=2026-01-02&to=2026-01-02&satisfaction-min=2.5&satisfaction-max=4&minutes-min=0&minutes-max=1.5&sort=took&order=up&cursor=c",
      ),
    ).toEqual({
      cursor: "c",
      sort: "took",
      descending: false,
      filter: {
        status: "approved",
        source: "human",
        armId: "a",
        raterId: "r",
        version: 2,
        flag: "problem",
        text: "cat",
        startedFromMs: Date.UTC(2026, 0, 2),
        startedBeforeMs: Date.UTC(2026, 0, 3),
        satisfactionMin: 2.5,
        satisfactionMax: 4,
        tookMinMs: 0,
        tookMaxMs: 90_000,
      },
    });
  });

  it.each([
    "status=gone&source=x&flag=y&sort=z&version=1.5",
    "version=99999999999&from=yesterday&to=2026-13-40",
    "satisfaction-min=NaN&satisfaction-max=-1&minutes-min=Infinity&minutes-max=1e99",
    "text=%00%20",
  ])("leaves out what it cannot mean: %s", (search) => {
    expect(read(search).filter).toEqual({});
  });

  it("hands the list on to the page of one trajectory, without page and turn", () => {
    const params = new URLSearchParams("text=cat&cursor=c&turn=3&sort=took&status=");
    expect(listPart(params).toString()).toBe("text=cat&sort=took");
    expect(isNarrowed(params)).toBe(true);
    expect(isNarrowed(new URLSearchParams("sort=took&cursor=c"))).toBe(false);
  });
});
