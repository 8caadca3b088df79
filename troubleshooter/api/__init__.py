"""The diagnosis over JSON, version 1: one call that keeps nothing, and the OpenAPI document that describes it."""
