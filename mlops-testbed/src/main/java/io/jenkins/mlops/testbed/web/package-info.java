/** The web side: routing to objects, the exporter behind the REST API, log-in, static files. */
package io.jenkins.mlops.testbed.web;
