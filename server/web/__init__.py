"""What all screens share: context, sign-in, refusals, security headers."""
