"""The live process: tails the log and tells screens what changed; it writes nothing."""
