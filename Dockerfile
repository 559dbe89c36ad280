# syntax=docker/dockerfile:1
# An image per service: docker build --target media-gateway .

FROM node:24-bookworm-slim AS base
WORKDIR /karani

# What npm goes by, so that a change of code installs nothing again.
FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY services services
RUN find packages services -mindepth 2 -maxdepth 2 ! -name package.json -exec rm -r {} +

FROM base AS sources
COPY --from=manifests /karani ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY tsconfig.base.json ./
COPY packages packages
COPY services services

# Of what was compiled, only what runs. What the services do not import is not compiled: the simulators, the local stack.
FROM sources AS services-build
RUN npx tsc -b services/* \
  && find packages services -mindepth 2 -maxdepth 2 ! -name dist ! -name migrations -exec rm -r {} +

FROM sources AS simulator-build
RUN npx tsc -b packages/simulator \
  && find packages -mindepth 2 -maxdepth 2 ! -name dist -exec rm -r {} +

FROM base AS services-dependencies
COPY --from=manifests /karani ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --omit=dev --workspace services

FROM base AS simulator-dependencies
COPY --from=manifests /karani ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --omit=dev --workspace packages/simulator

# Recordings are kept in a folder that a volume can take the place of.
FROM base AS runtime
ENV NODE_ENV=production HOST=0.0.0.0
RUN install --directory --owner=node --group=node /recordings
COPY config config
USER node

FROM runtime AS service
COPY --from=services-dependencies /karani ./
COPY --from=services-build /karani/packages packages
COPY --from=services-build /karani/services services
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

FROM service AS webhook-api
ENV PORT=3000
EXPOSE 3000
CMD ["node", "--enable-source-maps", "services/webhook-api/dist/main.js"]

FROM service AS media-gateway
ENV PORT=8080
EXPOSE 8080
CMD ["node", "--enable-source-maps", "services/media-gateway/dist/main.js"]

FROM service AS tools-service
ENV PORT=3001
EXPOSE 3001
CMD ["node", "--enable-source-maps", "services/tools-service/dist/main.js"]

FROM service AS telephony-worker
ENV PORT=3003
EXPOSE 3003
CMD ["node", "--enable-source-maps", "services/telephony-worker/dist/main.js"]

# Brings the database at DATABASE_URL to the schema of this version, and ends.
FROM service AS migrate
HEALTHCHECK NONE
CMD ["node", "--enable-source-maps", "packages/records/dist/migrate-cli.js"]

# Writes the demo records to the database at DATABASE_URL, and ends.
FROM service AS seed
COPY demo demo
HEALTHCHECK NONE
CMD ["node", "--enable-source-maps", "packages/records/dist/seed-cli.js"]

# A simulated carrier, model and M-Pesa, for a stack without accounts. Never for production.
FROM runtime AS simulator
COPY --from=simulator-dependencies /karani ./
COPY --from=simulator-build /karani/packages packages
ENV SIMULATOR_PORT=3100 GEMINI_SIMULATOR_PORT=3101 DARAJA_SIMULATOR_PORT=3102 SIMULATOR_DATA_DIR=/recordings
EXPOSE 3100 3101 3102
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SIMULATOR_PORT}/simulator/scenarios`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "packages/simulator/dist/main.js"]
