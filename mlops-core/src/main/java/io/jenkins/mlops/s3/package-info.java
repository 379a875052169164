/** S3-compatible object stores: the listing of a bucket, signed as AWS asks for it. */
package io.jenkins.mlops.s3;
