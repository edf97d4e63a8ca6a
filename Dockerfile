# syntax=docker/dockerfile:1
# The production portal: app and backend in one image, started by `node packages/backend`.
# docs/operate/container.md says how to build and run it.

# --- OpenTofu, checked by its checksum -------------------------------------------------------
FROM debian:bookworm-slim AS tofu
ARG TOFU_VERSION=1.12.6
ARG TARGETARCH
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates curl \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /tofu
RUN base="https://github.com/opentofu/opentofu/releases/download/v${TOFU_VERSION}" \
  && archive="tofu_${TOFU_VERSION}_linux_${TARGETARCH}.tar.gz" \
  && curl -fsSLO "$base/$archive" \
  && curl -fsSLO "$base/tofu_${TOFU_VERSION}_SHA256SUMS" \
  && grep " $archive\$" "tofu_${TOFU_VERSION}_SHA256SUMS" | sha256sum --check - \
  && tar -xzf "$archive" tofu

# --- Everything built ------------------------------------------------------------------------
FROM node:24-slim AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 g++ make \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# The version of Yarn that package.json names, from the package registry.
RUN npm install --global "@yarnpkg/cli-dist@$(node -p "require('./package.json').packageManager.split('@')[1]")" \
  && yarn install --immutable
# Builds the pages and every plugin with the backend that serves them.
RUN yarn workspace backend backstage-cli package build --config ../../app-config.production.yaml
# skeleton.tar.gz holds the package.json files alone, so that a change of code keeps the layer below.
RUN mkdir -p /skeleton /bundle \
  && tar -xzf packages/backend/dist/skeleton.tar.gz -C /skeleton \
  && tar -xzf packages/backend/dist/bundle.tar.gz -C /bundle

# --- What production needs, and no compiler --------------------------------------------------
FROM node:24-slim AS dependencies
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 g++ make \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /src/package.json /src/yarn.lock /src/.yarnrc.yml ./
COPY --from=build /skeleton ./
RUN npm install --global "@yarnpkg/cli-dist@$(node -p "require('./package.json').packageManager.split('@')[1]")" \
  && yarn workspaces focus --all --production \
  && yarn cache clean --all

FROM node:24-slim
ENV NODE_ENV=production
# isolated-vm, which runs templates' expressions, wants this flag on Node 20 and later.
ENV NODE_OPTIONS=--no-node-snapshot
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /var/lib/greenroom/work /var/lib/greenroom/techdocs
COPY --from=tofu /tofu/tofu /usr/local/bin/tofu
WORKDIR /app
COPY --from=dependencies --chown=node:node /app ./
COPY --from=build --chown=node:node /bundle ./
COPY --from=build --chown=node:node /src/app-config.production.yaml /src/app-config.notifications.yaml ./
USER node
EXPOSE 7007
HEALTHCHECK --interval=10s --start-period=60s CMD \
  ["node", "-e", "fetch('http://localhost:'+(process.env.GREENROOM_PORT||7007)+'/.backstage/health/v1/readiness').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "packages/backend", "--config", "app-config.production.yaml"]
