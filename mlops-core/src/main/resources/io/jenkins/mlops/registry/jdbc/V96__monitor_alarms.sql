-- How many signals of a monitor are in alarm: asked for on many pages, so without reading the signals.

ALTER TABLE mlops_monitor ADD COLUMN alarms INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE mlops_monitor ADD COLUMN health_alarms INTEGER DEFAULT 0 NOT NULL;

UPDATE mlops_monitor SET alarms = 1 WHERE tracks LIKE '%"state":"ALARM"%';
UPDATE mlops_monitor SET health_alarms = 1 WHERE health LIKE '%"state":"ALARM"%';
