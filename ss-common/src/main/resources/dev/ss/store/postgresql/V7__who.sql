-- The names of the tokens with which a job was submitted, and last cancelled or retried.
alter table jobs add column submitted_by text;
alter table jobs add column changed_by text;
