/** Health of an endpoint: what its Prometheus metrics say about requests, errors and latency. */
package io.jenkins.mlops.monitor.endpoint;
