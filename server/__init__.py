"""The on-site server of one day-labour market."""
