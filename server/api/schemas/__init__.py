"""The shapes of the JSON API; the OpenAPI document is made from them."""
