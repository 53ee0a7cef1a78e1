openapi-python-client generate --url "$CMS/api/lpsa/v1/openapi.json" \
  --config generator.yml --meta none --output-path lpsa_api --overwrite --fail-on-warning
