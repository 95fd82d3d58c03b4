-- Run once, when Temporal's own PostgreSQL is made: its second database beside `temporal`.
CREATE DATABASE temporal_visibility;
