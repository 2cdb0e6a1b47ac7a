using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Tests.Fixtures;

namespace Atoll.Ledger.Tests.Signing;

public sealed class SignedTests : IDisposable
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly SigningKey _key = SigningKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_order_of_members_does_not_matter_and_everything_else_does()
    {
        string signature = Signed.Sign("kind", SampleRun.Json("""{"a":1,"b":"x"}"""), _key);

        Signed.WhyNot("kind", SampleRun.Json("""{ "b": "x", "a": 1.0 }"""), signature, _key.PublicKey).ShouldBeNull();
        Signed.WhyNot("kind", SampleRun.Json("""{"a":2,"b":"x"}"""), signature, _key.PublicKey).ShouldNotBeNull();
        Signed.WhyNot("other", SampleRun.Json("""{"a":1,"b":"x"}"""), signature, _key.PublicKey).ShouldNotBeNull();
    }

    /// <summary>What is signed, as docs/ledger.md states it: any other implementation must come to the same bytes.</summary>
    [Fact]
    public void The_message_is_the_domain_a_line_feed_and_the_canonical_statement()
    {
        using ECDsa plain = ECDsa.Create();
        plain.ImportPkcs8PrivateKey(_key.ExportPkcs8(), out _);
        byte[] signature = Convert.FromBase64String(Signed.Sign("meter-reading", SampleRun.Json("""{"b":1,"a":2}"""), _key));

        plain.VerifyData(Encoding.ASCII.GetBytes("atoll ledger v1 meter-reading\n{\"a\":2,\"b\":1}"), signature, HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    [Fact]
    public void A_signature_has_one_form()
    {
        for (int i = 0; i < 50; i++) // half of all signatures have s in the upper half before it is put right
        {
            string signature = Signed.Sign("kind", SampleRun.Json($$"""{"i":{{i}}}"""), _key);
            byte[] bytes = Convert.FromBase64String(signature);
            BigInteger s = new(bytes.AsSpan(32), isUnsigned: true, isBigEndian: true);
            s.ShouldBeLessThanOrEqualTo(Order / 2);

            byte[] twin = [.. bytes[..32], .. Padded(Order - s)];
            using ECDsa verifier = _key.PublicKey.Open();
            verifier.VerifyData(Encoding.ASCII.GetBytes($"atoll ledger v1 kind\n{{\"i\":{i}}}"), twin, HashAlgorithmName.SHA256).ShouldBeTrue("ECDSA itself accepts it");
            Signed.WhyNot("kind", SampleRun.Json($$"""{"i":{{i}}}"""), Convert.ToBase64String(twin), _key.PublicKey).ShouldBe("a signature's s must be in the lower half of the curve's order");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("!!!!")]
    public void What_is_no_signature_is_said_to_be_none(string signature) =>
        Signed.WhyNot("kind", SampleRun.Json("{}"), signature, _key.PublicKey).ShouldBe($"a signature must be 64 bytes in base64 (was '{signature}')");

    [Fact]
    public void A_key_comes_back_from_its_text_and_other_curves_are_refused()
    {
        PublicKey.Parse(_key.PublicKey.ToString()).ShouldBe(_key.PublicKey);
        SigningKey.FromPkcs8(_key.ExportPkcs8()).PublicKey.ShouldBe(_key.PublicKey);
        using ECDsa larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<FormatException>(() => PublicKey.Of(larger)).Message.ShouldContain("of the curve P-256");
        byte[] notOnCurve = Convert.FromBase64String(_key.PublicKey.ToString());
        notOnCurve[^1] ^= 1;
        Should.Throw<FormatException>(() => PublicKey.FromInfo(notOnCurve)).Message.ShouldContain("point of the curve");
        Should.Throw<FormatException>(() => PublicKey.Parse(_key.PublicKey + "\n")).Message.ShouldContain("in one line");
    }

    private static byte[] Padded(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
