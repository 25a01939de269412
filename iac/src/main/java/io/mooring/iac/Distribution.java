package io.mooring.iac;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.ICachePolicy;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.constructs.Construct;

/** CloudFront: tiles and pages from its caches, everything else straight through. */
final class Distribution extends Construct {
  /** Files of a log and pages; how long each may be kept, its own Cache-Control says. */
  static final List<String> CACHED = List.of("/v1/ledgers/*/log/*", "/docs*", "/.well-known/*");

  private static final Duration CACHED_AT_MOST = Duration.days(365);

  Distribution(Construct scope, HttpGate gate) {
    super(scope, "Distribution");
    HttpOrigin origin =
        HttpOrigin.Builder.create(gate.host())
            .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
            .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
            .readTimeout(Duration.seconds(Functions.REQUEST_SECONDS + 1))
            .build();
    ICachePolicy asTheAnswerSays =
        CachePolicy.Builder.create(this, "AsTheAnswerSays")
            .minTtl(Duration.seconds(0))
            .defaultTtl(Duration.seconds(0))
            .maxTtl(CACHED_AT_MOST)
            // A private ledger's file is cached for the one credential that it was given to.
            .headerBehavior(CacheHeaderBehavior.allowList("Authorization", "Accept"))
            .queryStringBehavior(CacheQueryStringBehavior.all())
            .enableAcceptEncodingGzip(true)
            .enableAcceptEncodingBrotli(true)
            .build();
    Map<String, BehaviorOptions> cached = new LinkedHashMap<>();
    CACHED.forEach(
        path ->
            cached.put(
                path,
                behaviour(origin, asTheAnswerSays)
                    .allowedMethods(AllowedMethods.ALLOW_GET_HEAD_OPTIONS)
                    .build()));
    var distribution =
        software.amazon.awscdk.services.cloudfront.Distribution.Builder.create(this, "Front")
            .comment("Mooring")
            .defaultBehavior(
                behaviour(origin, CachePolicy.CACHING_DISABLED)
                    .allowedMethods(AllowedMethods.ALLOW_ALL)
                    .build())
            .additionalBehaviors(cached)
            .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .build();
    CfnOutput.Builder.create(this, "Url")
        .value("https://" + distribution.getDistributionDomainName())
        .build();
  }

  private static BehaviorOptions.Builder behaviour(HttpOrigin origin, ICachePolicy policy) {
    return BehaviorOptions.builder()
        .origin(origin)
        .cachePolicy(policy)
        .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
        .responseHeadersPolicy(ResponseHeadersPolicy.SECURITY_HEADERS)
        .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
        .compress(true);
  }
}
