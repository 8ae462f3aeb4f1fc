import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { startWorker, type Worker } from "../../../app/server/worker.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { getTurn } from "../../../app/services/trajectory/get-turn.server.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { providersFrom } from "../../support/providers/adapters.ts";
import { modelEnv, type ScriptedServer, startSdWebUi } from "../../support/providers/index.ts";
import { openStudy, sendPrompt, startTask } from "../../support/session.ts";

const AT_ONCE = 2;
/** How long the store waits for the model to be asked again: for ever, as far as a test is concerned. */
const PATIENCE_MS = 15_000;

describeBothDatabases("images that are kept while the next are made", (open) => {
  let t2i: ScriptedServer;
  beforeAll(async () => {
    t2i = await startSdWebUi();
  });
  beforeEach(() => t2i.reset());
  afterAll(() => t2i.close());

  test("a slow store does not keep the model waiting, nor is the model asked for more at once", async () => {
    const { ctx: base } = open();
    const providers = providersFrom(modelEnv("t2i", t2i, { CONCURRENCY: String(AT_ONCE) }));
    let storing = 0;
    let stored = 0;
    let sawOverlap = false;
    let mostStoring = 0;
    const ctx: ServiceContext = {
      ...base,
      now: () => Date.now(),
      t2iModels: new Map(providers.t2iModels.map((model) => [model.id, model])),
      providers: providers.infos,
      objects: {
        ...base.objects,
        inStudy(studyId) {
          const inner = base.objects.inStudy(studyId);
          return {
            ...inner,
            async put(...args: Parameters<typeof inner.put>) {
              mostStoring = Math.max(mostStoring, ++storing);
              // Nothing is stored until the model has been asked for more images than it has places.
              const until = Date.now() + PATIENCE_MS;
              while (t2i.calls.length <= AT_ONCE && Date.now() < until) await sleep(5);
              if (stored === 0) sawOverlap ||= t2i.calls.length > AT_ONCE;
              await inner.put(...args);
              storing -= 1;
              stored += 1;
            },
          };
        },
      },
    };
    const agent = { generator: "lexicon", selector: "random", t2iModel: "t2i" };
    const settings = { arms: [{ key: "real", label: "Real", weight: 1, agent }] };
    const { studyId, raters } = await openStudy(ctx, { settings });
    const rater = raters[0] as Actor;
    const assignmentId = await startTask(ctx, rater, studyId);
    let worker: Worker | undefined;
    await sendPrompt({ ...ctx, wakeWorker: () => worker?.wake() }, rater, assignmentId);
    worker = startWorker(ctx, { concurrency: { propose: 1, render: AT_ONCE } });
    const status = async () => (await getTurn(ctx, rater, { assignmentId, turnNumber: 1 })).status;
    await expect.poll(status, { timeout: 25_000 }).toBe("ready");
    await worker.stop();
    expect(t2i.billed).toBe(16);
    expect(t2i.maxInFlight).toBe(AT_ONCE);
    expect(sawOverlap).toBe(true);
    // Two files of each image; results that wait for a store are bounded too.
    expect(mostStoring).toBeLessThanOrEqual(2 * 2 * AT_ONCE);
  });
});
