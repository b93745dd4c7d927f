"""Tables, the unit of work and the sealing of personal fields."""
