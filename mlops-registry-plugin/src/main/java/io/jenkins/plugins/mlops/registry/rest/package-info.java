/** The registry over HTTP, below {@code <jenkins>/mlops/}: reading as {@code api/json}, changes by POST. */
package io.jenkins.plugins.mlops.registry.rest;
