--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: flyway_schema_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);


--
-- Name: job_inputs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job_inputs (
    job_id text NOT NULL COLLATE pg_catalog."C",
    input bytea NOT NULL
);


--
-- Name: job_outputs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job_outputs (
    job_id text NOT NULL COLLATE pg_catalog."C",
    attempt integer NOT NULL,
    stdout bytea NOT NULL,
    stdout_truncated boolean NOT NULL,
    stderr bytea NOT NULL,
    stderr_truncated boolean NOT NULL
);


--
-- Name: jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs (
    job_id text NOT NULL COLLATE pg_catalog."C",
    job_type text NOT NULL,
    state text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    run integer DEFAULT 0 NOT NULL,
    max_attempts integer NOT NULL,
    priority integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    run_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    exit_code integer,
    error_code text,
    worker_id text,
    cancel_requested boolean DEFAULT false NOT NULL,
    idempotency_key text,
    idempotency_digest text,
    traceparent text
);


--
-- Name: scheduled_tasks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scheduled_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamp with time zone NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp with time zone,
    version bigint NOT NULL,
    priority smallint
);


--
-- Name: workers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.workers (
    worker_id text NOT NULL,
    draining boolean NOT NULL,
    slots integer NOT NULL,
    running integer NOT NULL,
    job_types text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_heartbeat_at timestamp with time zone NOT NULL,
    instance text,
    host text
);


--
-- Data for Name: flyway_schema_history; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.flyway_schema_history VALUES (1, '1', 'jobs', 'SQL', 'V1__jobs.sql', 924445637, 'postgres', '2026-11-24 15:41:45.583991', 183, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'traces and queue', 'SQL', 'V2__traces_and_queue.sql', -2099698034, 'postgres', '2026-11-24 15:41:46.465006', 114, true);
INSERT INTO public.flyway_schema_history VALUES (3, '3', 'indexes', 'SQL', 'V3__indexes.sql', 160890659, 'postgres', '2026-11-24 15:41:46.904735', 120, true);
INSERT INTO public.flyway_schema_history VALUES (4, '4', 'executions by type', 'SQL', 'V4__executions_by_type.sql', 2108537278, 'postgres', '2026-11-24 15:41:47.134004', 170, true);
INSERT INTO public.flyway_schema_history VALUES (5, '5', 'worker instances and retention', 'SQL', 'V5__worker_instances_and_retention.sql', 2042435064, 'postgres', '2026-11-24 15:41:47.57108', 7, true);


--
-- Data for Name: job_inputs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.job_inputs VALUES ('01a20e38-848d-7000-8c72-4660a428205d', '\x746f206265206f72206e6f7420746f206265');
INSERT INTO public.job_inputs VALUES ('01a20e38-86b8-7000-8c42-692e254e2c94', '\x');
INSERT INTO public.job_inputs VALUES ('01a20e38-87e7-7000-aef6-2548321ef5f9', '\x616761696e');
INSERT INTO public.job_inputs VALUES ('01a20e38-88ec-7000-a6ac-981910217616', '\x');
INSERT INTO public.job_inputs VALUES ('01a20e38-8c4e-7000-b4fd-3a71e250795b', '\x');
INSERT INTO public.job_inputs VALUES ('01a20e38-e97b-7000-806b-e2857387fb5d', '\x696e207661696e');
INSERT INTO public.job_inputs VALUES ('01a20e39-167c-7000-971c-63d99c56016e', '\x68656c64');
INSERT INTO public.job_inputs VALUES ('01a20e39-16ff-7000-8c44-eeeb9b857e42', '\x');
INSERT INTO public.job_inputs VALUES ('01a20e39-1905-7000-8368-3a2390c85903', '\x6f6e652074776f');
INSERT INTO public.job_inputs VALUES ('01a20e39-1942-7000-afee-f4c7198facfd', '\x6c61746572');
INSERT INTO public.job_inputs VALUES ('01a20e39-1977-7000-bb48-9982eff2b8a5', '\x61206b6579');
INSERT INTO public.job_inputs VALUES ('01a20e39-19a2-7000-b17a-6e777f73a67e', '\x747261636564');
INSERT INTO public.job_inputs VALUES ('01a20e39-19c6-7000-aae9-a0a735db5f67', '\x77686f73652074797065206973206e6f7420636f6e66696775726564');
INSERT INTO public.job_inputs VALUES ('01a20e39-1a10-7000-9d32-3732b2634519', '\x7069636b6564');


--
-- Data for Name: job_outputs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.job_outputs VALUES ('01a20e38-87e7-7000-aef6-2548321ef5f9', 1, '\x', false, '\x62726f6b656e0a', false);
INSERT INTO public.job_outputs VALUES ('01a20e38-848d-7000-8c72-4660a428205d', 1, '\x360a', false, '\x', false);
INSERT INTO public.job_outputs VALUES ('01a20e38-8c4e-7000-b4fd-3a71e250795b', 1, '\x', false, '\x', false);
INSERT INTO public.job_outputs VALUES ('01a20e38-86b8-7000-8c42-692e254e2c94', 2, '\x', false, '\x62726f6b656e0a', false);
INSERT INTO public.job_outputs VALUES ('01a20e38-e97b-7000-806b-e2857387fb5d', 1, '\x', false, '\x62726f6b656e0a', false);


--
-- Data for Name: jobs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.jobs VALUES ('01a20e38-88ec-7000-a6ac-981910217616', 'count', 'cancelled', 0, 1, 3, 0, '2026-11-24 15:41:55.82+00', '2026-11-24 15:41:55.82+00', '2026-11-25 15:41:27+00', NULL, '2026-11-24 15:41:56.176+00', NULL, 'cancelled', NULL, false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e38-848d-7000-8c72-4660a428205d', 'count', 'succeeded', 1, 1, 3, 0, '2026-11-24 15:41:54.692+00', '2026-11-24 15:41:54.692+00', '2026-11-24 15:41:54.692+00', '2026-11-24 15:42:18.41+00', '2026-11-24 15:42:19.133+00', 0, NULL, 'worker-1', false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e38-8c4e-7000-b4fd-3a71e250795b', 'hold', 'cancelled', 1, 1, 3, 0, '2026-11-24 15:41:56.686+00', '2026-11-24 15:41:56.686+00', '2026-11-24 15:41:56.686+00', '2026-11-24 15:42:18.41+00', '2026-11-24 15:42:19.803+00', NULL, 'cancelled', 'worker-1', true, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e38-86b8-7000-8c42-692e254e2c94', 'fail', 'failed', 2, 2, 2, 0, '2026-11-24 15:41:55.256+00', '2026-11-24 15:41:55.256+00', '2026-11-24 15:42:19.344+00', '2026-11-24 15:42:19.662+00', '2026-11-24 15:42:19.844+00', 7, 'command_failed', 'worker-1', false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-167c-7000-971c-63d99c56016e', 'hold', 'running', 1, 1, 3, 3, '2026-11-24 15:42:32.06+00', '2026-11-24 15:42:32.06+00', '2026-11-24 15:42:32.06+00', '2026-11-24 15:42:32.154+00', NULL, NULL, NULL, 'worker-1', false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-16ff-7000-8c44-eeeb9b857e42', 'hold', 'running', 1, 1, 3, 0, '2026-11-24 15:42:32.191+00', '2026-11-24 15:42:32.191+00', '2026-11-24 15:42:32.191+00', '2026-11-24 15:42:32.243+00', NULL, NULL, NULL, 'worker-1', true, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e38-87e7-7000-aef6-2548321ef5f9', 'fail', 'queued', 0, 1, 1, 0, '2026-11-24 15:41:55.559+00', '2026-11-24 15:42:32.573+00', '2026-11-24 15:42:32.573+00', NULL, NULL, NULL, NULL, 'worker-1', false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-1905-7000-8368-3a2390c85903', 'count', 'queued', 0, 0, 3, 0, '2026-11-24 15:42:32.709+00', '2026-11-24 15:42:32.709+00', '2026-11-24 15:42:32.709+00', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-1977-7000-bb48-9982eff2b8a5', 'count', 'queued', 0, 0, 3, 7, '2026-11-24 15:42:32.823+00', '2026-11-24 15:42:32.823+00', '2026-11-24 15:42:32.823+00', NULL, NULL, NULL, NULL, NULL, false, 'order-17', '83829a6b517b1dd5834d5e5fa267214655f3fa998f4144c8567c1f47f7a2bb72', NULL);
INSERT INTO public.jobs VALUES ('01a20e39-19a2-7000-b17a-6e777f73a67e', 'count', 'queued', 0, 0, 3, 0, '2026-11-24 15:42:32.866+00', '2026-11-24 15:42:32.866+00', '2026-11-24 15:42:32.866+00', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
INSERT INTO public.jobs VALUES ('01a20e39-19c6-7000-aae9-a0a735db5f67', 'gone', 'queued', 0, 0, 3, 0, '2026-11-24 15:42:32.902+00', '2026-11-24 15:42:32.902+00', '2026-11-24 15:42:32.902+00', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-1a10-7000-9d32-3732b2634519', 'count', 'queued', 0, 0, 3, 0, '2026-11-24 15:42:32.976+00', '2026-11-24 15:42:32.976+00', '2026-11-24 15:42:32.976+00', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-1a31-7000-bf61-aa3452be5002', 'count', 'queued', 0, 0, 3, 0, '2026-11-24 15:42:33.009+00', '2026-11-24 15:42:33.009+00', '2026-11-24 15:42:33.009+00', NULL, NULL, NULL, NULL, NULL, false, 'batch-1', 'd43bbef0b638d65de05cc0a4d8558ef57dfbc10a801f3f4a8b236bc8e039fbe9', NULL);
INSERT INTO public.jobs VALUES ('01a20e38-e97b-7000-806b-e2857387fb5d', 'fail', 'queued', 1, 1, 3, 0, '2026-11-24 15:42:20.535+00', '2026-11-24 15:42:20.535+00', '2199-01-01 00:00:00+00', '2026-11-24 15:42:31.533+00', NULL, 7, 'command_failed', 'worker-1', false, NULL, NULL, NULL);
INSERT INTO public.jobs VALUES ('01a20e39-1942-7000-afee-f4c7198facfd', 'count', 'queued', 0, 0, 3, 0, '2026-11-24 15:42:32.77+00', '2026-11-24 15:42:32.77+00', '2199-01-01 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL);


--
-- Data for Name: scheduled_tasks; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.scheduled_tasks VALUES ('hold', '01a20e39-167c-7000-971c-63d99c56016e.1', NULL, '2026-11-24 15:42:32.06+00', true, 'worker-1', NULL, NULL, NULL, '2026-11-24 15:42:32.084+00', 2, 3);
INSERT INTO public.scheduled_tasks VALUES ('hold', '01a20e39-16ff-7000-8c44-eeeb9b857e42.1', NULL, '2026-11-24 15:42:32.191+00', true, 'worker-1', NULL, NULL, NULL, '2026-11-24 15:42:32.235+00', 2, 0);
INSERT INTO public.scheduled_tasks VALUES ('fail', '01a20e38-87e7-7000-aef6-2548321ef5f9.2', NULL, '2026-11-24 15:42:32.573+00', false, NULL, NULL, NULL, NULL, NULL, 1, 0);
INSERT INTO public.scheduled_tasks VALUES ('count', '01a20e39-1905-7000-8368-3a2390c85903.1', NULL, '2026-11-24 15:42:32.709+00', false, NULL, NULL, NULL, NULL, NULL, 1, 0);
INSERT INTO public.scheduled_tasks VALUES ('count', '01a20e39-1977-7000-bb48-9982eff2b8a5.1', NULL, '2026-11-24 15:42:32.823+00', false, NULL, NULL, NULL, NULL, NULL, 1, 7);
INSERT INTO public.scheduled_tasks VALUES ('count', '01a20e39-19a2-7000-b17a-6e777f73a67e.1', NULL, '2026-11-24 15:42:32.866+00', false, NULL, NULL, NULL, NULL, NULL, 1, 0);
INSERT INTO public.scheduled_tasks VALUES ('gone', '01a20e39-19c6-7000-aae9-a0a735db5f67.1', NULL, '2026-11-24 15:42:32.902+00', false, NULL, NULL, NULL, NULL, NULL, 1, 0);
INSERT INTO public.scheduled_tasks VALUES ('fail', '01a20e38-e97b-7000-806b-e2857387fb5d.2', NULL, '2199-01-01 00:00:00+00', false, NULL, NULL, NULL, 0, NULL, 1, 0);
INSERT INTO public.scheduled_tasks VALUES ('count', '01a20e39-1942-7000-afee-f4c7198facfd.1', NULL, '2199-01-01 00:00:00+00', false, NULL, NULL, NULL, NULL, NULL, 1, 0);
INSERT INTO public.scheduled_tasks VALUES ('count', '01a20e39-1a10-7000-9d32-3732b2634519.1', NULL, '2026-11-24 15:42:32.976+00', true, 'worker-1', NULL, NULL, NULL, '2026-11-24 15:42:32.235+00', 2, 0);


--
-- Data for Name: workers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.workers VALUES ('worker-1', false, 4, 0, 'count,fail,gone,hold', '2026-11-24 15:42:31.074+00', '2026-11-24 15:42:31.434+00', '419ba500-8f5c-49d1-a6f0-7a1ad3a6040f', 'host-1');


--
-- Name: flyway_schema_history flyway_schema_history_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);


--
-- Name: job_inputs job_inputs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_inputs
    ADD CONSTRAINT job_inputs_pkey PRIMARY KEY (job_id);


--
-- Name: job_outputs job_outputs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_outputs
    ADD CONSTRAINT job_outputs_pkey PRIMARY KEY (job_id);


--
-- Name: jobs jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (job_id);


--
-- Name: scheduled_tasks scheduled_tasks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scheduled_tasks
    ADD CONSTRAINT scheduled_tasks_pkey PRIMARY KEY (task_name, task_instance);


--
-- Name: workers workers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (worker_id);


--
-- Name: flyway_schema_history_s_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);


--
-- Name: jobs_by_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_by_state ON public.jobs USING btree (state, job_id DESC);


--
-- Name: jobs_by_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_by_type ON public.jobs USING btree (job_type, job_id DESC);


--
-- Name: jobs_by_type_and_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_by_type_and_state ON public.jobs USING btree (job_type, state, job_id DESC);


--
-- Name: jobs_finished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_finished ON public.jobs USING btree (finished_at) WHERE (finished_at IS NOT NULL);


--
-- Name: jobs_idempotency_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX jobs_idempotency_key ON public.jobs USING btree (idempotency_key) WHERE (idempotency_key IS NOT NULL);


--
-- Name: jobs_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_running ON public.jobs USING btree (worker_id) WHERE (state = 'running'::text);


--
-- Name: jobs_unfinished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_unfinished ON public.jobs USING btree (state, job_type, run_at, started_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));


--
-- Name: scheduled_tasks_by_heartbeat; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX scheduled_tasks_by_heartbeat ON public.scheduled_tasks USING btree (last_heartbeat) WHERE (last_heartbeat IS NOT NULL);


--
-- Name: scheduled_tasks_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX scheduled_tasks_due ON public.scheduled_tasks USING btree (task_name, priority DESC, execution_time) WHERE (NOT picked);


--
-- Name: scheduled_tasks_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX scheduled_tasks_running ON public.scheduled_tasks USING btree (task_name) WHERE (picked AND (last_heartbeat IS NOT NULL));


--
-- Name: job_inputs job_inputs_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_inputs
    ADD CONSTRAINT job_inputs_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.jobs(job_id) ON DELETE CASCADE;


--
-- Name: job_outputs job_outputs_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_outputs
    ADD CONSTRAINT job_outputs_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.jobs(job_id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


