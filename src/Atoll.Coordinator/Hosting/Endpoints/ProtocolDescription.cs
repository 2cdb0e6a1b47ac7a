using System.Reflection;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>The OpenAPI document, made from the endpoints and the protocol's records.</summary>
internal static class ProtocolDescription
{
    public const string Path = "/openapi.json";

    public static IServiceCollection AddProtocolDescription(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProtocolJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = ProtocolJson.Default.Options.PropertyNamingPolicy;
            json.SerializerOptions.UnmappedMemberHandling = ProtocolJson.Default.Options.UnmappedMemberHandling;
            json.SerializerOptions.NumberHandling = ProtocolJson.Default.Options.NumberHandling;
            json.SerializerOptions.RespectNullableAnnotations = true;
        });
        CodeComments comments = new();
        return services.AddOpenApi(openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "Atoll coordinator", Version = "1", Description = "What sites, operators and viewers of a live run ask. docs/protocol.md says how it goes together." };
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["certificate"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.MutualTLS, Description = "What a site got when it enrolled." },
                    ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The secret of a site's token, or the operator token." },
                };
                return Task.CompletedTask;
            });
            openApi.AddSchemaTransformer((schema, context, _) =>
            {
                Describe(schema, context, comments);
                return Task.CompletedTask;
            });
        });
    }

    private static bool IsShared(OpenApiSchema schema) => schema.Metadata?.TryGetValue("x-schema-id", out object? id) == true && id is string { Length: > 0 };

    private static void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CodeComments comments)
    {
        Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Digest))
        {
            (schema.Type, schema.Pattern, schema.Description) = (JsonSchemaType.String, "^[0-9a-f]{64}$", "SHA-256");
        }
        else if (type == typeof(PublicKey))
        {
            (schema.Type, schema.Format, schema.Description) = (JsonSchemaType.String, "byte", "SubjectPublicKeyInfo of a P-256 key, DER in base64");
        }
        else if (context.JsonPropertyInfo is null || IsShared(schema))
        {
            schema.Description ??= comments.Of(type);
        }
        if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property && comments.Of(property) is { } words)
        {
            if (IsShared(schema))
            {
                schema.Metadata!["x-ref-description"] = words; // beside the reference that comes in the schema's place
            }
            else
            {
                schema.Description = words;
            }
        }
    }
}
