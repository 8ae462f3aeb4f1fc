import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnv } from "../../../app/server/env.server.ts";
import { storageVariables } from "../../../app/server/storage-env.server.ts";
import { projectRoot } from "../../../db/store.ts";
import { makeTempDir } from "../../support/temp.ts";

const read = (variables: Record<string, string>) =>
  readEnv({ DATA_DIR: makeTempDir("env"), AUTH_SECRET: "x".repeat(32), ...variables });
const key = { S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "hunter2-hunter2" };

describe("where images are kept", () => {
  it("is a folder below DATA_DIR unless something else is said", () => {
    const { storage, dataDir } = read({});
    expect(storage).toEqual({ kind: "local", local: { folder: join(dataDir, "objects") }, s3: null });
  });

  it("is the bucket that is named", () => {
    const { storage } = read({ S3_BUCKET: "images", S3_REGION: "eu-central-1", ...key });
    expect(storage).toMatchObject({
      kind: "s3",
      s3: { bucket: "images", region: "eu-central-1", endpoint: null, prefix: "", forcePathStyle: false },
    });
  });

  it("is the folder while OBJECT_STORE=local, with the bucket known for a migration", () => {
    expect(read({ OBJECT_STORE: "local", S3_BUCKET: "images" }).storage).toMatchObject({
      kind: "local",
      s3: { bucket: "images", credentials: null },
    });
  });

  it("addresses buckets by path at an endpoint of one's own, unless told otherwise", () => {
    const own = { S3_BUCKET: "images", S3_ENDPOINT: "http://minio:9000", ...key };
    expect(read(own).storage.s3).toMatchObject({ endpoint: "http://minio:9000", forcePathStyle: true });
    expect(read({ ...own, S3_FORCE_PATH_STYLE: "0" }).storage.s3?.forcePathStyle).toBe(false);
  });

  it.each(["turnwise", "turnwise/"])("takes a prefix with or without a slash at its end: %s", (prefix) => {
    expect(read({ S3_BUCKET: "images", S3_PREFIX: prefix }).storage.s3?.prefix).toBe("turnwise/");
  });

  it.each([
    [{ OBJECT_STORE: "s3" }, "OBJECT_STORE=s3 needs S3_BUCKET"],
    [{ OBJECT_STORE: "ftp" }, "OBJECT_STORE must be local or s3"],
    [{ S3_BUCKET: "No Such Name" }, "S3_BUCKET must be the name of a bucket"],
    [{ S3_BUCKET: "images", S3_ENDPOINT: "minio:9000" }, "S3_ENDPOINT must be an address"],
    [
      { S3_BUCKET: "images", S3_ENDPOINT: "http://minio:9000/images" },
      "S3_ENDPOINT must be an address without a path",
    ],
    [{ S3_BUCKET: "images", S3_ACCESS_KEY_ID: "id" }, "S3_SECRET_ACCESS_KEY is missing"],
    [{ S3_BUCKET: "images", S3_SECRET_ACCESS_KEY: "hunter2" }, "S3_ACCESS_KEY_ID is missing"],
    [{ S3_BUCKET: "images", S3_PREFIX: "../up there" }, "S3_PREFIX must be a path"],
    [{ S3_BUCKET: "images", S3_PRESIGNED: "yes" }, "S3_PRESIGNED must be 0, or how many seconds"],
    [{ S3_BUCKET: "images", S3_PRESIGNED: "5" }, "S3_PRESIGNED must be 0, or how many seconds"],
    [
      {
        S3_BUCKET: "images",
        S3_PRESIGNED: "900",
        S3_ENDPOINT: "http://minio:9000",
        PUBLIC_URL: "https://study.example.org",
      },
      "S3_PRESIGNED needs an address with https",
    ],
  ])("refuses %j in one line that names the variable, and no secret", (variables, line) => {
    expect(() => read(variables)).toThrow(line);
    expect(() => read(variables)).not.toThrow("hunter2");
  });
});

describe("docs/storage.md", () => {
  it("explains every variable of the store", () => {
    const text = readFileSync(join(projectRoot(), "docs/storage.md"), "utf8");
    expect(Object.keys(storageVariables).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe("secrets from files", () => {
  const file = (text: string) => {
    const path = join(makeTempDir("secret"), "secret");
    writeFileSync(path, text);
    return path;
  };

  it("stand in for the variable, without the line's end", () => {
    const { storage } = read({
      S3_BUCKET: "images",
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY_FILE: file("from a file\n"),
    });
    expect(storage.s3?.credentials).toEqual({ accessKeyId: "id", secretAccessKey: "from a file" });
  });

  it.each([
    [{ DATABASE_URL_FILE: "/no/such/file" }, "DATABASE_URL_FILE: /no/such/file cannot be read (ENOENT)"],
    [{ AUTH_SECRET_FILE: "/etc/hostname" }, "AUTH_SECRET and AUTH_SECRET_FILE are both set"],
  ])("are refused with their reason: %j", (variables, line) => {
    expect(() => read(variables)).toThrow(line);
  });

  it("must hold something", () => {
    expect(() => read({ DATABASE_URL_FILE: file("\n") })).toThrow("is empty");
  });
});
