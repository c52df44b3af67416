# One image for every process of Collegium; the command chooses which (docker-compose.yml). It needs no write access to
# its own files: run it with a read-only root file system, a /tmp, and for the embedded server a volume at /data.
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
# The Node of the image is new enough: those that npm would bring for older machines stay out.
RUN npm ci --omit=optional --no-audit --no-fund
COPY . .
# Without the programs that play the story over several processes: their api takes its clock from its parent.
RUN npm run -s build && rm -r dist/apps/api/demo.js* dist/apps/standalone/demo/distributed* dist/apps/standalone/demo/children.js*
RUN npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:26.10.0-bookworm-slim AS run
ENV NODE_ENV=production COLLEGIUM_DATA=/data COLLEGIUM_HOST=0.0.0.0
# kafkajs sets a timer that is always overdue, and Node would say so once in every process.
ENV NODE_OPTIONS=--disable-warning=TimeoutNegativeWarning
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown 1000:1000 /data
# The user `node` of the image, by number, so that a cluster can check that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3210
ENTRYPOINT ["node"]
CMD ["dist/apps/standalone/main.js", "serve"]
