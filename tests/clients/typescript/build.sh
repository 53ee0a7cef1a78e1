npx openapi-typescript "$CMS/api/lpsa/v1/openapi.json" --output src/schema.d.ts
npx tsc
node built/build.js "$CMS" site
