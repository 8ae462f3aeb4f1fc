# Turnwise: pages, slate maker and command line in one image. The same Node as tools/node; glibc, for the native packages.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools/node ./tools/node
COPY tools/image ./tools/image
RUN npm ci --omit=dev --no-audit --no-fund && node tools/image/prune.mjs

FROM dependencies AS build
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY tools/run ./tools/run
COPY migrations ./migrations
COPY fixtures ./fixtures
COPY exporters ./exporters
COPY db ./db
COPY app ./app
COPY --chmod=755 cli ./cli
COPY --from=build /app/build ./build
RUN ln -s /app/cli/turnwise.ts /usr/local/bin/turnwise \
    && install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "tools/run/health.mjs", "/health"]
CMD ["node", "tools/run/serve.mjs"]
