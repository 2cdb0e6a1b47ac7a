using System.Text;
using System.Text.Json.Nodes;
using Atoll.Ledger.Canonical;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Ledger.Tests.Canonical;

/// <summary>Held against RFC 8785: its examples of §3.2.2 to §3.2.4 and the table of its appendix B.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_those_of_the_RFCs_table(string bits, string expected)
    {
        string written = CanonicalNumber.Format(BitConverter.Int64BitsToDouble(Convert.ToInt64(bits, 16)));

        written.ShouldBe(expected);
        Canonical(written).ShouldBe(expected);
        CanonicalJson.WhyNot(Encoding.UTF8.GetBytes(written)).ShouldBeNull();
    }

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7ff0000000000000")]
    public void What_is_no_number_in_the_RFCs_table_is_refused(string bits) =>
        Should.Throw<FormatException>(() => CanonicalNumber.Format(BitConverter.Int64BitsToDouble(Convert.ToInt64(bits, 16)))).Message.ShouldContain("must be finite");

    [Fact]
    public void The_RFCs_example_gives_the_RFCs_bytes()
    {
        byte[] expected = Convert.FromHexString("""
            7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
            5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
            5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
            """.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));

        CanonicalJson.Of("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """u8).ShouldBe(expected);
    }

    [Fact]
    public void Members_are_in_the_RFCs_order_of_UTF_16()
    {
        string canonical = Canonical("""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);

        JsonNode.Parse(canonical)!.AsObject().Select(member => member.Value!.GetValue<string>()).ShouldBe([
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]);
        CanonicalJson.WhyNot(Encoding.UTF8.GetBytes(canonical)).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "twice")]
    [InlineData("""{"a":1,"\u0061":2}""", "twice")]
    [InlineData("1e400", "finite")]
    [InlineData("NaN", "must be JSON")]
    [InlineData("9007199254740993", "Write it as a string")]
    [InlineData("""
        "\ud800"
        """, "Unicode")]
    [InlineData("{} {}", "must be JSON")]
    [InlineData("[1,]", "must be JSON")]
    [InlineData("// no\n1", "must be JSON")]
    [InlineData("", "must be JSON")]
    [InlineData("01", "must be JSON")]
    public void What_has_no_canonical_form_is_refused(string json, string reason)
    {
        Should.Throw<FormatException>(() => Canonical(json)).Message.ShouldContain(reason);
        CanonicalJson.WhyNot(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"b":1,"a":2}""")]
    [InlineData("""{"a":1, "b":2}""")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("-0")]
    [InlineData("1E3")]
    [InlineData("1e3")]
    [InlineData("\"\\/\"")]
    [InlineData("\"\\u0041\"")]
    [InlineData("\"\\u000F\"")]
    [InlineData("{\"\\u0061\":1}")]
    [InlineData("[1,2\n]")]
    public void What_is_written_otherwise_is_JSON_but_not_canonical(string json)
    {
        CanonicalJson.WhyNot(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull();
        CanonicalJson.WhyNot(Encoding.UTF8.GetBytes(Canonical(json))).ShouldBeNull();
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused()
    {
        byte[] json = [(byte)'"', 0xC3, 0x28, (byte)'"'];

        Should.Throw<FormatException>(() => CanonicalJson.Of(json));
        CanonicalJson.WhyNot(json).ShouldNotBeNull();
    }

    [Fact]
    public void The_canonical_form_of_any_document_is_one_and_means_the_same() => Prop.ForAll(Documents.Any.ToArbitrary(), document =>
    {
        byte[] json = Encoding.UTF8.GetBytes(document.ToJsonString()), canonical = CanonicalJson.Of(json);

        CanonicalJson.Of(canonical).ShouldBe(canonical);
        CanonicalJson.WhyNot(canonical).ShouldBeNull();
        JsonNode.DeepEquals(JsonNode.Parse(canonical), document).ShouldBeTrue();
    }).QuickCheckThrowOnFailure();

    /// <summary>The check walks over the bytes in its own way: it must say yes to the canonical form and to nothing else.</summary>
    [Fact]
    public void The_check_and_the_canonical_form_agree_on_every_change_of_a_byte() => Prop.ForAll(
        (from document in Documents.Any from at in Gen.Choose(0, 10_000) from value in Gen.Choose(0, 255) from how in Gen.Choose(0, 2) select (document, at, value, how)).ToArbitrary(), change =>
        {
            List<byte> bytes = [.. CanonicalJson.Of(Encoding.UTF8.GetBytes(change.document.ToJsonString()))];
            int at = change.at % bytes.Count;
            switch (change.how)
            {
                case 0: bytes[at] = (byte)change.value; break;
                case 1: bytes.Insert(at, (byte)change.value); break;
                default: bytes.RemoveAt(at); break;
            }
            byte[] changed = [.. bytes];

            (CanonicalJson.WhyNot(changed) is null).ShouldBe(IsCanonical(changed), Encoding.Latin1.GetString(changed));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    internal static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));

    private static bool IsCanonical(byte[] json)
    {
        try
        {
            return CanonicalJson.Of(json).AsSpan().SequenceEqual(json);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
