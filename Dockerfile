# Headwater with its embedded PostgreSQL, or beside one of your own (DATABASE_URL): see compose.yaml.
FROM node:22-slim

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force
COPY LICENSE ./
COPY bin ./bin
COPY server ./server
RUN mkdir /data && chown node:node /data

USER node
ENV HEADWATER_HOST=0.0.0.0 \
    HEADWATER_PORT=4010 \
    HEADWATER_DATA_DIR=/data
VOLUME /data
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HEADWATER_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/headwater.mjs", "serve"]
