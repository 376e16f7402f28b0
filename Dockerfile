# The keeper, and of the project only what it needs: docs/operations.md tells how to build and run it.

FROM node:24.21.0-slim AS build
WORKDIR /credence
COPY package.json package-lock.json ./
# Install scripts fetch a Node and link binaries: the image brings its own, and the others are found without.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY hardhat.config.ts tsconfig.json ./
COPY contracts ./contracts
# hardhat.config.ts asks for most packages. These are tools of development, and nearly half of the size.
RUN npx hardhat build --no-tests && \
    npm uninstall --no-save --ignore-scripts --no-audit --no-fund \
    @biomejs/biome @foundry-rs/anvil-linux-amd64 concurrently dockerfile-utils node prettier prettier-plugin-solidity solhint \
    @axe-core/playwright playwright-core vite @vitejs/plugin-react react react-dom wouter mipd idb @tanstack/react-query \
    @base-ui/react @visx/axis @visx/group @visx/scale @visx/shape @types/react @types/react-dom

FROM node:24.21.0-slim
WORKDIR /credence
COPY --from=build /credence/node_modules ./node_modules
COPY --from=build /credence/typechain-types ./typechain-types
COPY package.json hardhat.config.ts tsconfig.json ./
COPY ignition/errors.ts ignition/local-chain.ts ./ignition/
COPY scripts/npm.ts ./scripts/
COPY sdk ./sdk
COPY keeper ./keeper
# Hardhat makes a folder in HOME when it starts; nothing but /state and /tmp is written to.
RUN install --directory --owner=node --group=node /state
ENV NODE_ENV=production \
    HOME=/state \
    KEEPER_STATE=/state/state.json \
    KEEPER_DEPLOYMENT=/deployment \
    KEEPER_METRICS_HOST=0.0.0.0 \
    KEEPER_METRICS_PORT=9464
VOLUME ["/state"]
EXPOSE 9464
USER node
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.KEEPER_METRICS_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--import", "tsx", "keeper/main.ts"]
